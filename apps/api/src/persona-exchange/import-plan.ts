import type { CharacterCard } from '@dramatis/character-card/character-card';
import { cardLimits } from '@dramatis/character-card/card-limits';
import { knowledgeOfCard } from '@dramatis/character-card/knowledge-of-card';
import { personaOfCard } from '@dramatis/character-card/persona-of-card';
import { isArchive, readCard, readCardArchive, type ReadCard } from '@dramatis/character-card/read-card';
import { writeCard } from '@dramatis/character-card/write-card';
import { DomainError } from '@dramatis/contracts/errors';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import type { ImportContainer, ImportFormat, ImportNote } from '@dramatis/contracts/persona-import';
import type { SourceDocument } from '@dramatis/contracts/source';
import { keptParts } from './kept-parts.js';
import { originalsBySource } from './planned-sources.js';
import { isBundle, openBundleArchive, readBundle, type ReadBundle } from './read-bundle.js';

/** What a file would become. Nothing is made yet. */
export interface ImportPlan {
  format: ImportFormat;
  container: ImportContainer;
  profile: PersonaProfile;
  /** The id that the persona had where it comes from. */
  formerId: string | null;
  /** Bytes that claim to be a picture. */
  portrait: Uint8Array | null;
  card: CharacterCard | null;
  kept: string[];
  /** What a card tells. */
  texts: SourceDocument[];
  bundle: ReadBundle | null;
  notes: ImportNote[];
}

/** @throws DomainError import_not_recognised, import_damaged, import_refused, import_too_large */
export function planImport(bytes: Uint8Array): ImportPlan {
  if (!isArchive(bytes)) return planOfCard(readCard(bytes));
  const archive = openBundleArchive(bytes);
  if (isBundle(archive)) return planOfBundle(readBundle(archive));
  if (bytes.length > cardLimits.maxFileBytes) throw new DomainError('import_too_large.file', { megabytes: cardLimits.maxFileBytes / 1024 / 1024 });
  return planOfCard(readCardArchive(archive));
}

function planOfCard({ card, container, portrait, notes }: ReadCard): ImportPlan {
  const persona = personaOfCard(card);
  const knowledge = knowledgeOfCard(card);
  return {
    format: `card-v${card.version}`,
    container,
    profile: persona.profile,
    formerId: null,
    portrait,
    card,
    kept: keptParts(card),
    texts: knowledge.documents,
    bundle: null,
    notes: distinct([...notes, ...persona.notes, ...knowledge.notes]),
  };
}

function planOfBundle(bundle: ReadBundle): ImportPlan {
  const { manifest, profile, card, portrait } = bundle;
  const included = manifest.documents.filter((document) => document.included).length;
  const missing = manifest.documents.length - included;
  const apart = originalsBySource(manifest);
  const joined = apart.length === 1 && apart[0]!.source === null ? new Set(apart[0]!.originals.map(({ sourceId }) => sourceId)).size : 0;
  const notes: ImportNote[] = [
    ...(missing > 0 ? [{ code: 'documents_not_in_bundle' as const, count: missing }] : []),
    ...(joined > 1 ? [{ code: 'sources_joined' as const, count: joined }] : []),
    ...(apart.length > 1 ? [{ code: 'sources_in_turn' as const, count: apart.length }] : []),
    ...(manifest.sources.some(({ settings }) => settings !== null) ? [{ code: 'web_sources_wait' as const }] : []),
  ];
  return {
    format: 'bundle',
    container: 'zip',
    profile,
    formerId: manifest.personaId,
    portrait,
    card,
    kept: card === null ? [] : keptParts(card),
    texts: [],
    bundle,
    notes,
  };
}

/** The card as it is kept with the persona. */
export function keptCardOf({ card }: ImportPlan): string | null {
  return card === null ? null : writeCard(card, card.version === 1 ? 2 : card.version);
}

/** Person and knowledge are read from the same texts, and say the same of them. */
function distinct(notes: readonly ImportNote[]): ImportNote[] {
  return [...new Map(notes.toReversed().map((note) => [`${note.code} ${note.field ?? ''}`, note])).values()].toReversed();
}
