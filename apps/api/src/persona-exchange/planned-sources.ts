import { createHash } from 'node:crypto';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import type { BundledDocument, BundledSource } from '@dramatis/contracts/persona-bundle';
import type { SourceDocument } from '@dramatis/contracts/source';
import type { ImportPlan } from './import-plan.js';

/** A source that an import makes: of texts, of originals in the bundle, or of the web, which waits until a curator has it read. */
export type PlannedSource = Pick<BundledSource, 'name' | 'kind' | 'settings' | 'publish'> & { texts: SourceDocument[]; originals: BundledDocument[] };

const maxNameCharacters = 200;

/** The sources of an import, that with documents first: a persona takes one at a time. */
export function plannedSources({ profile, texts, bundle }: ImportPlan, { knowledge }: { knowledge: boolean }): PlannedSource[] {
  if (bundle === null) return knowledge && texts.length > 0 ? [{ ...ofDocuments(`Character card of ${profile.name}`), kind: 'text', texts }] : [];
  const { documents, sources } = bundle.manifest;
  const originals = documents.filter(({ included }) => included);
  const web = sources.filter(({ settings }) => settings !== null);
  return [...(originals.length > 0 ? [corpusSource(profile, sources, originals)] : []), ...web.map((source) => ({ ...source, texts: [], originals: [] }))];
}

/** One source of all originals; where they were of one source, under its name. */
function corpusSource(profile: PersonaProfile, sources: readonly BundledSource[], originals: BundledDocument[]): PlannedSource {
  const ids = new Set(originals.map(({ sourceId }) => sourceId));
  const former = ids.size === 1 ? sources.find(({ sourceId }) => ids.has(sourceId)) : undefined;
  const isText = former?.kind === 'text' && originals.every(({ contentType }) => contentType === 'text/plain' || contentType === 'text/markdown');
  return { ...ofDocuments(former?.name ?? `Corpus of ${profile.name}`), publish: former?.publish ?? 'automatic', kind: isText ? 'text' : 'upload', originals };
}

function ofDocuments(name: string): Omit<PlannedSource, 'kind'> {
  return { name: name.slice(0, maxNameCharacters).toWellFormed(), settings: null, publish: 'automatic', texts: [], originals: [] };
}

/** The id of an import's source: the same for a repeated request. A UUID of version 8. */
export function plannedSourceId(requestId: string, index: number): string {
  const hex = createHash('sha256').update(`${requestId}/${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
