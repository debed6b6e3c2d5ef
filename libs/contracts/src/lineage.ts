import { z } from 'zod';
import { corpusVersionNumber } from './corpus-version.js';
import { passageId, personaId, uuid } from './ids.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

/** Where a passage comes from, step by step, with what is needed to make it again. */
export const lineage = z
  .object({
    passage: z.object({
      passageId,
      personaId,
      ordinal: count,
      headingPath: z.array(z.string()),
      startOffset: count.describe('Character offset into the clean text of the revision.'),
      endOffset: count,
      tokens: count,
      sha256: sha256.describe('Of its text.'),
      validFrom: count,
      validTo: count.nullable().describe('The first version that does not see it; null while it is open.'),
    }),
    revision: z.object({
      revisionId: z.string(),
      documentId: z.string(),
      title: z.string(),
      contentType: z.string(),
      words: count,
      passages: count,
      contentHash: sha256.describe('SHA-256 of the clean text.'),
      layoutHash: sha256.describe('SHA-256 of which headings stand over which part of it.'),
      indexedAt: z.iso.datetime(),
    }),
    tools: z
      .array(z.object({ step: z.enum(['cut', 'embed']), version: z.string() }))
      .describe('What made the passage, in order: `cut` names extraction, cleaning and chunking, each with its version.'),
    raw: z.object({
      objectKey: z.string(),
      sha256,
      bytes: count.nullable().describe('Null when its source has it no more.'),
      fetchedAt: z.iso.datetime().nullable().describe('When a page was fetched last; null for texts and files.'),
      url: z.string().nullable().describe('Where it was fetched.'),
    }),
    source: z.object({ sourceId: uuid, name: z.string(), kind: z.string() }).nullable().describe('Null when it was deleted.'),
    ingestion: z
      .object({
        ingestionId: uuid,
        workflowId: z.string(),
        status: z.string(),
        targetVersion: count.nullable(),
        startedAt: z.iso.datetime(),
        endedAt: z.iso.datetime().nullable(),
      })
      .nullable(),
    versions: z.object({
      publishedVersion: count,
      seenByPublished: z.boolean(),
      seenBy: z.array(corpusVersionNumber).describe('The versions on record that see it, newest first, at most 50.'),
    }),
  })
  .meta({ id: 'Lineage' });
export type Lineage = z.infer<typeof lineage>;

export const reproduceCorpus = z.strictObject({ version: corpusVersionNumber }).meta({ id: 'ReproduceCorpus' });
export type ReproduceCorpus = z.infer<typeof reproduceCorpus>;

/** Why a part of a version could not be made again as it was. */
export const reproductionDifference = z.object({
  kind: z.enum(['raw_missing', 'raw_corrupted', 'unreadable', 'text_differs', 'layout_differs', 'tool_differs', 'passage_missing', 'passage_differs', 'passage_unexpected']),
  documentId: z.string(),
  title: z.string(),
  passageId: z.string().nullable(),
  recorded: z.string().nullable(),
  rebuilt: z.string().nullable(),
  reason: z.string().describe('In plain words.'),
});
export type ReproductionDifference = z.infer<typeof reproductionDifference>;

/** A version made again from its raw objects beside what is stored. Nothing is changed by it. */
export const reproduction = z
  .object({
    reproductionId: uuid,
    personaId,
    version: corpusVersionNumber,
    workflowId: z.string(),
    status: z.enum(['running', 'identical', 'different', 'failed']),
    documents: z.object({ total: count, identical: count, different: count }),
    passages: z.object({ total: count, identical: count, different: count }),
    /** At most 500 are kept. */
    differences: z.array(reproductionDifference),
    differencesLeftOut: count,
    rebuiltHash: sha256.nullable().describe('SHA-256 chained over the ids and contents of all rebuilt passages, by revision and place.'),
    recordedHash: sha256.nullable().describe('The same over the stored ones.'),
    failure: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Reproduction' });
export type Reproduction = z.infer<typeof reproduction>;
