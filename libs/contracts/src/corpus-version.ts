import { z } from 'zod';
import { personaId, uuid } from './ids.js';

/** Numbers of corpus versions begin at 1 and are never given to another content. */
export const corpusVersionNumber = z.number().int().min(1).max(1_000_000);
const count = z.number().int().min(0);

/**
 * `built`: checked, and nobody has seen it yet. `published`: the one that conversations use. `retired`: was published once and can be
 * again. `collected`: its passages were removed to save room. `discarded`: an ingestion was built on an earlier version instead.
 */
export const corpusVersionStatus = z.enum(['built', 'published', 'retired', 'collected', 'discarded']);
export type CorpusVersionStatus = z.infer<typeof corpusVersionStatus>;

export const corpusVersion = z
  .object({
    personaId,
    version: corpusVersionNumber,
    status: corpusVersionStatus,
    baseVersion: count.describe('The version that it was built on; 0 is the empty corpus.'),
    documents: count,
    passages: count,
    brought: count.describe('Document revisions that came with it.'),
    closed: count.describe('Document revisions that went with it.'),
    embedder: z.string().nullable(),
    ingestionId: uuid.nullable().describe('The run that built it.'),
    sourceId: uuid.nullable(),
    builtAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable().describe('When it was published last.'),
    collectedAt: z.iso.datetime().nullable(),
    note: z.string().nullable(),
    pinnedConversations: count,
    profiled: z.boolean().describe('Whether its topics, entities and graph are computed.'),
  })
  .meta({ id: 'CorpusVersion' });
export type CorpusVersion = z.infer<typeof corpusVersion>;

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
};

export const corpusVersionQuery = z.strictObject(page);
export type CorpusVersionQuery = z.infer<typeof corpusVersionQuery>;

/** Newest first. */
export const corpusVersionPage = z
  .object({ items: z.array(corpusVersion), total: count, limit: count, offset: count, publishedVersion: count, retained: count })
  .meta({ id: 'CorpusVersionPage' });
export type CorpusVersionPage = z.infer<typeof corpusVersionPage>;

export const moveCorpus = z
  .strictObject({
    version: corpusVersionNumber,
    note: z.string().trim().min(1).max(500).optional().describe('Why, for those who read the list later.'),
  })
  .meta({ id: 'MoveCorpus' });
export type MoveCorpus = z.infer<typeof moveCorpus>;

export const updateCorpusVersion = z
  .strictObject({ note: z.string().trim().max(500).nullable() })
  .meta({ id: 'UpdateCorpusVersion' });
export type UpdateCorpusVersion = z.infer<typeof updateCorpusVersion>;

/** Long work on a corpus: its workflow goes on when the request has been answered. */
export const corpusWork = z
  .object({ workflowId: z.string(), personaId, version: corpusVersionNumber.nullable() })
  .meta({ id: 'CorpusWork' });
export type CorpusWork = z.infer<typeof corpusWork>;

export const documentChangeKind = z.enum(['added', 'removed', 'changed']);
export type DocumentChangeKind = z.infer<typeof documentChangeKind>;

export const compareQuery = z
  .strictObject({
    from: z.coerce.number().pipe(corpusVersionNumber.or(z.literal(0))),
    to: z.coerce.number().pipe(corpusVersionNumber),
    kind: documentChangeKind.optional().describe('Only documents of this kind.'),
    ...page,
  })
  .meta({ id: 'CompareQuery' });
export type CompareQuery = z.infer<typeof compareQuery>;

/** What became of one document between two versions, without its text. */
export const documentChange = z.object({
  documentId: z.string(),
  kind: documentChangeKind,
  title: z.string(),
  formerTitle: z.string().nullable().describe('Where it differs.'),
  sourceId: uuid,
  fromRevisionId: z.string().nullable(),
  toRevisionId: z.string().nullable(),
  passagesAdded: count,
  passagesRemoved: count,
  passagesUnchanged: count.describe('Passages with the same words in both.'),
  wordsBefore: count,
  wordsAfter: count,
});
export type DocumentChange = z.infer<typeof documentChange>;

/** Ordered by kind and title. `documents` and `passages` count everything that differs, whatever was asked for; `total` is of all pages of it. */
export const corpusComparison = z
  .object({
    personaId,
    from: count,
    to: corpusVersionNumber,
    documents: z.object({ added: count, removed: count, changed: count, unchanged: count }),
    passages: z.object({ added: count, removed: count, unchanged: count }),
    items: z.array(documentChange),
    total: count,
    limit: count,
    offset: count,
  })
  .meta({ id: 'CorpusComparison' });
export type CorpusComparison = z.infer<typeof corpusComparison>;

/** A run of lines that both texts have, or that only one has. */
export const textDiffPart = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type TextDiffPart = z.infer<typeof textDiffPart>;

/** What one document says in two versions. Long runs of the same are cut in the middle: `…` stands for lines left out. */
export const documentDiff = z
  .object({
    documentId: z.string(),
    from: count,
    to: corpusVersionNumber,
    title: z.string(),
    parts: z.array(textDiffPart),
    truncated: z.boolean().describe('Whether the texts are too large to be shown whole.'),
  })
  .meta({ id: 'DocumentDiff' });
export type DocumentDiff = z.infer<typeof documentDiff>;

/** Pins a conversation to a version, or with null lets it follow what is published. */
export const pinConversation = z.strictObject({ corpusVersion: corpusVersionNumber.nullable() }).meta({ id: 'PinConversation' });
export type PinConversation = z.infer<typeof pinConversation>;

/** Newest versions that stay when older ones are collected, unless the environment says otherwise. */
export const defaultRetainedVersions = 5;
