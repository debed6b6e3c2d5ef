import { openEnded, type Passage } from '@dramatis/contracts/knowledge';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { DocumentRepository, type DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { randomUUID } from 'node:crypto';
import type { ApiHarness } from './api-harness.js';

/** An id as the product makes them: 32 hexadecimal digits. */
export const hexId = (): string => randomUUID().replaceAll('-', '');

/** What the worker would have written of a document: its revision, and a passage for each paragraph of its text. */
export async function writeRevision(api: ApiHarness, fields: Pick<DocumentRevision, 'personaId' | 'text'> & Partial<DocumentRevision>): Promise<{ revision: DocumentRevision; passages: Passage[] }> {
  const paragraphs = fields.text.split('\n\n');
  const revision: DocumentRevision = {
    _id: hexId(),
    documentId: hexId(),
    sourceId: randomUUID(),
    ingestionId: randomUUID(),
    title: 'Notes',
    listedTitle: 'Notes',
    url: null,
    fileName: null,
    sections: [],
    enrichment: null,
    terms: [],
    signature: null,
    contentType: 'text/markdown',
    objectKey: 'key',
    rawSha256: '0'.repeat(64),
    contentHash: hexId() + hexId(),
    layoutHash: '0'.repeat(64),
    words: fields.text.split(/\s+/).length,
    passages: paragraphs.length,
    attributes: {},
    chunker: 'c1',
    embedder: 'e1',
    status: 'complete',
    validFrom: 1,
    validTo: openEnded,
    indexedAt: new Date(),
    ...fields,
  };
  const { personaId, documentId, sourceId, title, validFrom, validTo } = revision;
  const passages = paragraphs.map((text, ordinal): Passage => {
    const startOffset = revision.text.indexOf(text);
    const place = { ordinal, text, tokens: text.split(/\s+/).length, startOffset, endOffset: startOffset + text.length };
    return { passageId: hexId(), personaId, documentId, sourceId, documentTitle: title, headingPath: [], ...place, validFrom, validTo };
  });
  await api.app.get(DocumentRepository).begin(revision);
  await api.app.get(PassageRepository).write(revision._id, passages);
  return { revision, passages };
}

/** Records a version that was built and checked, upon the one before it. */
export async function buildVersion(api: ApiHarness, personaId: string, version: number): Promise<void> {
  const counts = { documents: 1, passages: 1, brought: 1, closed: 0 };
  const built = { personaId, version, baseVersion: version - 1, ...counts, embedder: 'e', ingestionId: randomUUID(), sourceId: randomUUID() };
  await api.app.get(CorpusVersionRepository).recordBuilt(built);
}

/** Records versions up to a number, all published one after the other. */
export async function publishUpTo(api: ApiHarness, personaId: string, version: number): Promise<void> {
  for (let number = 1; number <= version; number += 1) {
    await buildVersion(api, personaId, number);
    const corpus = { corpusVersion: number, documents: 1, passages: 1 };
    await api.app.get(PersonaRepository).publishCorpus(personaId, { expectedCorpusVersion: number - 1, corpus });
    await api.app.get(CorpusVersionRepository).markPublished(personaId, number);
  }
}
