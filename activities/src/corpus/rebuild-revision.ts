import { createHash } from 'node:crypto';
import type { Passage } from '@dramatis/contracts/knowledge';
import type { ReproductionDifference } from '@dramatis/contracts/lineage';
import { revisionIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import type { ExtractedDocument } from '@dramatis/text/extract';
import { cutIntoPassages, hashContent, passagesVersion } from '../ingestion/cut-document.js';

export interface RebuiltRevision {
  passages: Passage[];
  differences: ReproductionDifference[];
  /** How many passages are the same, id and content. */
  identical: number;
}

type Read = Pick<ExtractedDocument, 'text' | 'sections'>;

/**
 * Makes a revision's passages again from what its raw object says, and compares them with those that are stored: ids, which follow from
 * the hashes of the content, and all that a passage holds. Pure.
 */
export function rebuildRevision(revision: DocumentRevision, read: Read, stored: readonly Passage[]): RebuiltRevision {
  const differences: ReproductionDifference[] = [];
  const differs = (difference: Pick<ReproductionDifference, 'kind' | 'recorded' | 'rebuilt' | 'reason'> & { passageId?: string }) =>
    differences.push({ documentId: revision.documentId, title: revision.title, passageId: null, ...difference });

  const { contentHash, layoutHash } = hashContent(read);
  const because = revision.chunker === passagesVersion ? '' : ' It was made by other tools than those of now.';
  if (revision.chunker !== passagesVersion) {
    const reason = 'Extraction, cleaning and chunking have other versions now than when the passages were made.';
    differs({ kind: 'tool_differs', recorded: revision.chunker, rebuilt: passagesVersion, reason });
  }
  if (contentHash !== revision.contentHash) {
    differs({ kind: 'text_differs', recorded: revision.contentHash, rebuilt: contentHash, reason: `The clean text is another.${because}` });
  }
  if (layoutHash !== revision.layoutHash) {
    differs({ kind: 'layout_differs', recorded: revision.layoutHash, rebuilt: layoutHash, reason: `The headings stand elsewhere.${because}` });
  }
  const { documentId, validFrom, embedder } = revision;
  const _id = revisionIdOf({ documentId, contentHash, layoutHash, validFrom, chunker: passagesVersion, embedder });
  const passages = cutIntoPassages({ ...revision, _id }, read);

  const known = new Map(stored.map((passage) => [passage.passageId, passage]));
  let identical = 0;
  for (const passage of passages) {
    const { passageId } = passage;
    const recorded = known.get(passageId);
    known.delete(passageId);
    if (!recorded) {
      differs({ kind: 'passage_unexpected', passageId, recorded: null, rebuilt: hashOfPassage(passage), reason: `It is made now, and is not stored.${because}` });
    } else if (hashOfPassage(recorded) === hashOfPassage(passage)) identical += 1;
    else differs({ kind: 'passage_differs', passageId, recorded: hashOfPassage(recorded), rebuilt: hashOfPassage(passage), reason: `It holds something else.${because}` });
  }
  for (const [passageId, recorded] of known) {
    differs({ kind: 'passage_missing', passageId, recorded: hashOfPassage(recorded), rebuilt: null, reason: `It is stored, and is not made any more.${because}` });
  }
  return { passages, differences, identical };
}

/** SHA-256 of all that a passage holds but until when it is seen, which later versions decide. */
export function hashOfPassage({ validTo: _validTo, ...passage }: Passage): string {
  const fields = Object.entries(passage).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Takes passages into a chain of hashes: the same chain comes of the same passages in the same order, and of no others. */
export function chain(before: string, passages: readonly Passage[]): string {
  const hash = createHash('sha256').update(before);
  for (const passage of passages) hash.update(`${passage.passageId} ${hashOfPassage(passage)}\n`);
  return hash.digest('hex');
}
