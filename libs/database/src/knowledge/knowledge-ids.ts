import { createHash } from 'node:crypto';

/** Half a SHA-256 over the parts, 32 hexadecimal digits. */
function hashOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * A document's id, the same in every ingestion: its title within its source, and which of several with that title it is.
 * A document that changes its title is another document.
 */
export function documentIdOf(sourceId: string, title: string, occurrence: number): string {
  return hashOf(['document', sourceId, title, occurrence]);
}

/**
 * A revision's id: what the document says, since which corpus version, and how it was made. The version is part of it, because
 * a text that was taken away and comes back must not wake passages that older versions still see.
 */
export function revisionIdOf(revision: {
  documentId: string;
  contentHash: string;
  layoutHash: string;
  validFrom: number;
  chunker: string;
  embedder: string;
}): string {
  const { documentId, contentHash, layoutHash, validFrom, chunker, embedder } = revision;
  return hashOf(['revision', documentId, contentHash, layoutHash, validFrom, chunker, embedder]);
}

/**
 * A passage's id follows from its revision and its place: a repeated run makes the same ids, and an unchanged document, whose
 * revision goes on, keeps them.
 */
export function passageIdOf(revisionId: string, ordinal: number): string {
  return hashOf(['passage', revisionId, ordinal]);
}
