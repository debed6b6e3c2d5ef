import { createHash } from 'node:crypto';
import { openEnded, type Passage } from '@dramatis/contracts/knowledge';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { passageIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import { chunkDocument, chunkerVersion } from '@dramatis/text/chunk';
import type { ExtractedDocument } from '@dramatis/text/extract';

/** Names how raw bytes become passages and what of them is embedded; another name makes unchanged documents new. */
export const passagesVersion = `extract-1+${chunkerVersion}+sentences-1`;

export interface ContentHashes {
  /** SHA-256 of the clean text: two documents with the same say the same. */
  contentHash: string;
  /** SHA-256 of which headings stand over which part of it. */
  layoutHash: string;
}

export function hashContent({ text, sections }: Pick<ExtractedDocument, 'text' | 'sections'>): ContentHashes {
  return { contentHash: sha256(text), layoutHash: sha256(JSON.stringify(sections)) };
}

/** The passages of a revision. Pure: the same revision gives the same passages under the same ids. */
export function cutIntoPassages(
  revision: Pick<DocumentRevision, '_id' | 'personaId' | 'documentId' | 'sourceId' | 'title' | 'validFrom'>,
  extracted: Pick<ExtractedDocument, 'text' | 'sections'>,
): Passage[] {
  return chunkDocument(extracted).map(({ ordinal, headingPath, text, tokens, start, end }) => ({
    passageId: passageIdOf(revision._id, ordinal),
    personaId: revision.personaId,
    documentId: revision.documentId,
    sourceId: revision.sourceId,
    documentTitle: revision.title,
    headingPath,
    ordinal,
    text,
    tokens,
    startOffset: start,
    endOffset: end,
    validFrom: revision.validFrom,
    validTo: openEnded,
  }));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
