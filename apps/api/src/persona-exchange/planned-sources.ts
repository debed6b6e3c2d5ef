import { createHash } from 'node:crypto';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import type { BundledDocument, BundledSource, BundleManifest } from '@dramatis/contracts/persona-bundle';
import type { SourceDocument } from '@dramatis/contracts/source';
import type { ImportPlan } from './import-plan.js';

/** A source that an import makes: of texts, of originals in the bundle, or of the web, which waits until a curator has it read. */
export type PlannedSource = Pick<BundledSource, 'name' | 'kind' | 'settings' | 'publish'> & { texts: SourceDocument[]; originals: BundledDocument[] };

const maxNameCharacters = 200;

/** With more, their documents come as one: each source has a run of its own. */
const maxSourcesApart = 100;

/** The sources of an import, each for itself, as they were: first those that have documents, then those of the web, which wait. */
export function plannedSources({ profile, texts, bundle }: ImportPlan, { knowledge }: { knowledge: boolean }): PlannedSource[] {
  if (bundle === null) return knowledge && texts.length > 0 ? [{ ...ofDocuments(`Character card of ${profile.name}`), kind: 'text', texts }] : [];
  const { sources } = bundle.manifest;
  const web = sources.filter(({ settings }) => settings !== null);
  return [...originalsBySource(bundle.manifest).map(({ source, originals }) => sourceOf(source, originals, profile)), ...web.map((source) => ({ ...source, texts: [], originals: [] }))];
}

interface OriginalsOfSource {
  /** Null for what is of no listed source, or of too many. */
  source: BundledSource | null;
  originals: BundledDocument[];
}

/** The documents that are in a bundle, by source, in the order of its list. */
export function originalsBySource({ sources, documents }: Pick<BundleManifest, 'sources' | 'documents'>): OriginalsOfSource[] {
  const included = documents.filter((document) => document.included);
  const bySource = Map.groupBy(included, ({ sourceId }) => sourceId);
  const apart = sources.flatMap((source) => {
    const originals = bySource.get(source.sourceId);
    bySource.delete(source.sourceId);
    return originals ? [{ source, originals }] : [];
  });
  if (apart.length > maxSourcesApart) return [{ source: null, originals: included }];
  const others = [...bySource.values()].flat();
  return others.length > 0 ? [...apart, { source: null, originals: others }] : apart;
}

/** The originals of one source, under its name. Pages of the web are files here; of a source that is gone only its documents are left. */
function sourceOf(former: BundledSource | null, originals: BundledDocument[], profile: PersonaProfile): PlannedSource {
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
