import { z } from 'zod';
import { personaId, uuid } from './ids.js';
import { startedIngestion } from './ingestion.js';
import { persona, personaProfile } from './persona.js';
import { sourceKind } from './source.js';

/** What a file was. */
export const importFormat = z.enum(['card-v1', 'card-v2', 'card-v3', 'bundle']);
export type ImportFormat = z.infer<typeof importFormat>;

/** How it came. */
export const importContainer = z.enum(['json', 'png', 'charx', 'zip']);
export type ImportContainer = z.infer<typeof importContainer>;

/** What an importer has to say to the curator, one code a sentence. */
export const importNoteCode = z.enum([
  /** Bytes that are no UTF-8 were replaced. */
  'text_repaired',
  /** Keys that only serve to trick programs were left out. */
  'unsafe_keys_left_out',
  /** The card follows a later version of its format than is known here; what is not known is kept. */
  'newer_format',
  /** Pictures, sounds and the like of the card that are not kept. */
  'assets_left_out',
  /** The card names a picture elsewhere on the web, which is not fetched. */
  'portrait_not_fetched',
  /** The picture cannot be used. */
  'portrait_unreadable',
  'name_missing',
  /** A text was longer than a persona's field; the whole is kept with the card. */
  'shortened',
  /** More examples or tags than a persona has room for; all are kept with the card. */
  'left_out',
  /** Macros other than those for the names stay in the text as they are. */
  'macros_kept',
  /** Instructions of the card's author are taken as a way to speak; they do not replace the rules of Dramatis. */
  'instructions_are_style',
  /** Entries of the lorebook that are switched off. */
  'entries_switched_off',
  /** The conditions under which a lorebook's entries are told are kept, but not followed: passages are found by search. */
  'lorebook_conditions_not_followed',
  /** The bundle has the list of documents, without the documents. */
  'documents_not_in_bundle',
  /** Sources of the web come with their settings, and are read again when a curator says so. */
  'web_sources_wait',
  /** Documents of several sources come as one: there are too many, or nothing is known of them. */
  'sources_joined',
  /** The documents of several sources are brought in one source after another. */
  'sources_in_turn',
  /** Modes or formats that this installation does not have. */
  'abilities_left_out',
  /** The persona had this id there; here it is taken. */
  'id_taken',
]);
export type ImportNoteCode = z.infer<typeof importNoteCode>;

export const importNote = z
  .object({
    code: importNoteCode,
    field: z.string().optional().describe('Which field of the persona or the card it is about.'),
    count: z.number().int().optional(),
  })
  .meta({ id: 'ImportNote' });
export type ImportNote = z.infer<typeof importNote>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const personaImportQuery = z.strictObject({
  dryRun: flag.optional().describe('Only says what would be made.'),
  requestId: uuid.optional().describe('Made by the client. A repeated request goes on where the first was interrupted, and makes no second persona.'),
  knowledge: flag.optional().describe('Of a card: whether what it tells, with its lorebook, becomes a source of the persona. Absent: true.'),
});
export type PersonaImportQuery = z.infer<typeof personaImportQuery>;

/** Titles of documents that a preview shows. */
export const maxPreviewedDocuments = 50;

/** What an import would make. */
export const personaImportPreview = z
  .object({
    format: importFormat,
    container: importContainer,
    personaId: personaId.describe('The id that it would get.'),
    profile: personaProfile,
    portrait: z.string().nullable().describe('The picture as a data URL, encoded anew; null without one that can be used.'),
    author: z
      .object({ name: z.string(), version: z.string(), notes: z.string() })
      .nullable()
      .describe('Who made the card, and what they say of it. Never a part of a prompt.'),
    kept: z.array(z.string()).describe('Parts of the card that a persona has no place for. They are kept, and exported again.'),
    knowledge: z
      .object({ documents: z.array(z.object({ title: z.string(), characters: z.number().int() })), total: z.number().int(), characters: z.number().int() })
      .nullable()
      .describe('Of a card: what would become a source; the first documents of it.'),
    corpus: z
      .object({
        corpusVersion: z.number().int(),
        embedder: z.string().nullable(),
        documents: z.number().int(),
        brought: z.number().int().describe('Documents whose originals are in the bundle.'),
        sources: z.array(z.object({ name: z.string(), kind: sourceKind, documents: z.number().int() })),
      })
      .nullable()
      .describe('Of a bundle: the corpus that the persona had.'),
    notes: z.array(importNote),
  })
  .meta({ id: 'PersonaImportPreview' });
export type PersonaImportPreview = z.infer<typeof personaImportPreview>;

export const importedPersona = z
  .object({
    personaId,
    persona,
    sources: z.array(z.object({ sourceId: uuid, name: z.string(), kind: sourceKind, documents: z.number().int() })),
    ingestion: startedIngestion.nullable().describe('The run that brings the documents in; null without documents.'),
    notes: z.array(importNote),
  })
  .meta({ id: 'ImportedPersona' });
export type ImportedPersona = z.infer<typeof importedPersona>;

export const personaExportKind = z.enum(['card-v2', 'card-v3', 'card-v2-png', 'card-v3-png', 'bundle']);
export type PersonaExportKind = z.infer<typeof personaExportKind>;

/** Which of a persona: what readers see, or what its curators try. */
export const personaExportState = z.enum(['published', 'draft']);
export type PersonaExportState = z.infer<typeof personaExportState>;

export const personaExportQuery = z.strictObject({
  as: personaExportKind.default('card-v3'),
  state: personaExportState.default('published').describe('`published`: as readers see it; one that was never published as it is. `draft`: as its draft has it.'),
  objects: flag.optional().describe('Of a bundle: whether the originals of the documents come along, up to 90 MB.'),
});
export type PersonaExportQuery = z.infer<typeof personaExportQuery>;
