import { z } from 'zod';
import { documentEnrichment } from './enrichment.js';
import { personaId, uuid } from './ids.js';
import { passage } from './knowledge.js';

/** What a document said from one corpus version until another: the reader's page. */
export const revision = z
  .object({
    revisionId: z.string(),
    documentId: z.string(),
    personaId,
    sourceId: uuid,
    ingestionId: uuid.describe('The run that brought it.'),
    title: z.string(),
    url: z.string().nullable(),
    contentType: z.string(),
    text: z.string().describe('The clean text; passages and mentions are slices of it.'),
    sections: z.array(z.object({ headingPath: z.array(z.string()), start: z.number().int() })).describe('Where headings begin to stand over the text.'),
    words: z.number().int(),
    passages: z.number().int(),
    attributes: z.record(z.string(), z.unknown()).describe('What the original says of itself, such as author and date.'),
    enrichment: documentEnrichment.nullable().describe('Null for revisions of before enrichment.'),
    rawSha256: z.string(),
    contentHash: z.string(),
    chunker: z.string(),
    embedder: z.string(),
    validFrom: z.number().int(),
    validTo: z.number().int().describe('The first corpus version that does not see it; 2147483647 while none is.'),
    indexedAt: z.iso.datetime(),
  })
  .meta({ id: 'DocumentRevision' });
export type Revision = z.infer<typeof revision>;

export const revisionPassageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  fromOrdinal: z.coerce.number().int().min(0).max(10_000_000).default(0),
});
export type RevisionPassageQuery = z.infer<typeof revisionPassageQuery>;

export const revisionPassages = z.object({ items: z.array(passage), total: z.number().int() }).meta({ id: 'RevisionPassages' });
export type RevisionPassages = z.infer<typeof revisionPassages>;
