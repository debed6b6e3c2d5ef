import { createHash } from 'node:crypto';
import { openEnded } from '@dramatis/contracts/knowledge';
import { chunkDocument } from '@dramatis/text/chunk';
import { extractDocument } from '@dramatis/text/extract';

const sourceId = '00000000-0000-4000-8000-000000000000';

/** Passages of documents as an ingestion makes them, all of version 1. `scope` keeps several cuts of one corpus apart. */
export function cutCorpora(documents, { chunking, scope = '' } = {}) {
  return documents.flatMap(({ persona, document, text }) => {
    const title = /^title:\s*(.+?)\s*$/m.exec(text)?.[1] ?? document;
    const extracted = extractDocument({ contentType: 'text/markdown', title, text });
    return chunkDocument(extracted, chunking).map((chunk) => ({
      passageId: createHash('sha256').update(JSON.stringify([scope, persona, document, chunk.ordinal])).digest('hex').slice(0, 32),
      personaId: persona + scope,
      documentId: document,
      sourceId,
      documentTitle: title,
      headingPath: chunk.headingPath,
      ordinal: chunk.ordinal,
      text: chunk.text,
      tokens: chunk.tokens,
      startOffset: chunk.start,
      endOffset: chunk.end,
      validFrom: 1,
      validTo: openEnded,
    }));
  });
}
