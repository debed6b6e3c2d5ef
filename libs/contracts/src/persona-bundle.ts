import { z } from 'zod';
import { personaId } from './ids.js';
import { crawlSettings, publishing, sourceKind } from './source.js';
import { fieldTexts } from './field-texts.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, fieldTexts.hexadecimal_64);

/** What is called what in a bundle. */
export const bundlePaths = { manifest: 'manifest.json', persona: 'persona.json', card: 'card.json', portrait: 'portrait.webp' } as const;

/** Where the original of a document stands, by the hash of its bytes. */
export function bundledObjectPath(hash: string): string {
  return `objects/${hash}`;
}

const member = z.object({ sha256 });

const bundledSource = z.object({
  sourceId: z.string().max(64),
  name: z.string().trim().min(1).max(200),
  kind: sourceKind,
  settings: crawlSettings.nullable().describe('Of sources of the web.'),
  publish: publishing,
});
export type BundledSource = z.infer<typeof bundledSource>;

const bundledDocument = z.object({
  documentId: z.string().max(64),
  sourceId: z.string().max(64),
  title: z.string().max(2_000),
  url: z.string().max(2_000).nullable(),
  fileName: z.string().max(500).nullable(),
  contentType: z.string().max(200),
  sha256: sha256.describe('Of the original bytes.'),
  contentHash: z.string().max(128).describe('SHA-256 of the clean text that was made of them.'),
  words: z.number().int().min(0),
  passages: z.number().int().min(0),
  included: z.boolean().describe('Whether the original is in the bundle.'),
});
export type BundledDocument = z.infer<typeof bundledDocument>;

/**
 * What a persona’s bundle says of itself. A bundle is a zip with this as `manifest.json`, the profile as `persona.json`, and where there
 * are, the picture, the card that the persona was imported from, and the originals of its documents. `version` is that of this form.
 */
export const bundleManifest = z.object({
  format: z.literal('dramatis-persona-bundle'),
  version: z.literal(1),
  personaId,
  exportedAt: z.iso.datetime(),
  persona: member,
  card: member.nullable(),
  portrait: member.nullable(),
  corpus: z.object({ corpusVersion: z.number().int().min(0), embedder: z.string().max(200).nullable(), passages: z.number().int().min(0) }),
  sources: z.array(bundledSource).max(1_000),
  documents: z.array(bundledDocument).max(20_000),
});
export type BundleManifest = z.infer<typeof bundleManifest>;
