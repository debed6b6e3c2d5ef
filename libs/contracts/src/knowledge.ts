import { z } from 'zod';
import { passageId, personaId, uuid } from './ids.js';

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
