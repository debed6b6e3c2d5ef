import { z } from 'zod';
import { passageId, personaId, uuid } from './ids.js';

export const documentContentType = z.enum(['text/plain', 'text/markdown']);
export type DocumentContentType = z.infer<typeof documentContentType>;

/** Longest pasted document, in characters, and most documents in one source. */
export const maxDocumentCharacters = 200_000;
export const maxSourceDocuments = 200;

export const sourceDocument = z.strictObject({
  title: z.string().trim().min(1).max(300),
  contentType: documentContentType.default('text/plain'),
  text: z.string().min(1).max(maxDocumentCharacters),
});
export type SourceDocument = z.infer<typeof sourceDocument>;

export const createSource = z
  .strictObject({
    personaId,
    name: z.string().trim().min(1).max(200),
    documents: z.array(sourceDocument).min(1).max(maxSourceDocuments),
  })
  .meta({ id: 'CreateSource' });
export type CreateSource = z.infer<typeof createSource>;

export const source = z
  .object({
    sourceId: uuid,
    personaId,
    name: z.string(),
    kind: z.literal('text'),
    documentCount: z.number().int(),
    lastIngestionId: uuid.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof source>;

export const documentState = z.enum(['indexed', 'unchanged', 'duplicate', 'skipped', 'failed']);
export type DocumentState = z.infer<typeof documentState>;

export const ingestionStatus = z.enum(['running', 'completed', 'failed', 'cancelled']);

/** One run of a source through the pipeline. discovered = indexed + unchanged + duplicate + skipped + failed at the end. */
export const ingestion = z
  .object({
    ingestionId: uuid,
    sourceId: uuid,
    personaId,
    status: ingestionStatus,
    workflowId: z.string(),
    corpusVersion: z.number().int().nullable().describe('The version it published, null before.'),
    counts: z.object({
      discovered: z.number().int(),
      indexed: z.number().int(),
      unchanged: z.number().int(),
      duplicate: z.number().int(),
      skipped: z.number().int(),
      failed: z.number().int(),
      passages: z.number().int(),
    }),
    documents: z.array(
      z.object({ title: z.string(), documentId: z.string(), state: documentState, reason: z.string().nullable() }),
    ),
    failure: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Ingestion' });
export type Ingestion = z.infer<typeof ingestion>;

/** A chunk of a document, the unit of retrieval. Seen by corpus versions v with validFrom <= v < validTo. */
export const passage = z
  .object({
    passageId,
    personaId,
    documentId: z.string(),
    sourceId: uuid,
    documentTitle: z.string(),
    headingPath: z.array(z.string()),
    ordinal: z.number().int().min(0).describe('Place within the document.'),
    text: z.string(),
    tokens: z.number().int(),
    startOffset: z.number().int().describe('Character offset into the cleaned document.'),
    endOffset: z.number().int(),
    validFrom: z.number().int(),
    validTo: z.number().int(),
  })
  .meta({ id: 'Passage' });
export type Passage = z.infer<typeof passage>;

/** validTo of a passage that no later version has taken away. */
export const openEnded = 2_147_483_647;

export const corpus = z
  .object({
    personaId,
    corpusVersion: z.number().int(),
    embedder: z.string().nullable(),
    documents: z.array(
      z.object({
        documentId: z.string(),
        title: z.string(),
        sourceId: uuid,
        passages: z.number().int(),
        words: z.number().int(),
        indexedAt: z.iso.datetime(),
      }),
    ),
    passages: z.number().int(),
  })
  .meta({ id: 'Corpus' });
export type Corpus = z.infer<typeof corpus>;

/** A passage with its whole document around it, for the reader that a citation opens. */
export const passageInDocument = z
  .object({ passage, document: z.object({ documentId: z.string(), title: z.string(), text: z.string() }) })
  .meta({ id: 'PassageInDocument' });
export type PassageInDocument = z.infer<typeof passageInDocument>;
