import { z } from 'zod';
import { personaId, uuid } from './ids.js';

const embedderId = z.string().min(1).max(300).describe('Provider or precision, model and dimensions, such as `ollama/nomic-embed-text/768`.');

/** Makes texts into vectors; an installation has the built-in one and those that its workers are configured with. */
export const configuredEmbedder = z
  .object({
    embedder: embedderId,
    provider: z.enum(['built-in', 'openai', 'ollama']),
    model: z.string(),
    dimensions: z.number().int().min(1),
    isDefault: z.boolean().describe('Whether corpora that are new get its vectors.'),
  })
  .meta({ id: 'Embedder' });
export type ConfiguredEmbedder = z.infer<typeof configuredEmbedder>;

/** Empty while no worker runs. */
export const embedderList = z.object({ items: z.array(configuredEmbedder) }).meta({ id: 'EmbedderList' });
export type EmbedderList = z.infer<typeof embedderList>;

export const switchEmbedder = z.strictObject({ embedder: embedderId }).meta({ id: 'SwitchEmbedder' });
export type SwitchEmbedder = z.infer<typeof switchEmbedder>;

/**
 * `embedding`: the former embedder serves, the passages are embedded again. `clearing`: the new one serves, and what the former index holds
 * is removed.
 */
export const embedderSwitch = z
  .object({
    switchId: uuid,
    personaId,
    workflowId: z.string(),
    from: z.string().nullable().describe('Null when the persona publishes nothing yet.'),
    to: z.string(),
    status: z.enum(['running', 'completed', 'cancelled', 'failed']),
    stage: z.enum(['embedding', 'clearing', 'ended']),
    passages: z.number().int().min(0).describe('To be embedded, of all versions that are kept.'),
    embedded: z.number().int().min(0),
    failure: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'EmbedderSwitch' });
export type EmbedderSwitch = z.infer<typeof embedderSwitch>;

/** Which embedder a persona's corpus is searched with, and the last switch. */
export const corpusEmbedder = z
  .object({
    personaId,
    embedder: z.string().nullable().describe('Null before the first version: it will be the default one.'),
    lastSwitch: embedderSwitch.nullable(),
  })
  .meta({ id: 'CorpusEmbedder' });
export type CorpusEmbedder = z.infer<typeof corpusEmbedder>;

/** Where in Redis the workers, which alone hold the keys, announce their embedders. */
export const embedderAnnouncementKey = 'dramatis:embedders';

export function embedderSwitchWorkflowId(switchId: string): string {
  return `embedder-switch/${switchId}`;
}
