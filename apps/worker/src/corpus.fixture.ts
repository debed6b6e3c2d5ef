import { createHash, randomUUID } from 'node:crypto';
import { cutIntoPassages, hashContent, passagesVersion } from '@dramatis/activities/ingestion/cut-document';
import { embedPassages } from '@dramatis/activities/ingestion/embed-passages';
import { closeRevisions } from '@dramatis/activities/ingestion/unpublished';
import type { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import { openEnded } from '@dramatis/contracts/knowledge';
import type { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import type { DocumentRepository, DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { revisionIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import type { Embedder } from '@dramatis/embedder/port';
import type { ObjectStore } from '@dramatis/object-store/port';
import { extractDocument } from '@dramatis/text/extract';

const dimensions = 64;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Words to directions: texts that share words are near. Quick, and the same in every run. */
export const wordEmbedder: Embedder = {
  id: 'words-64',
  dimensions,
  maxBatch: 64,
  embed: async (texts) =>
    texts.map((text) => {
      const vector = new Float32Array(dimensions);
      for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? ['none']) {
        const place = Number.parseInt(sha256(word).slice(0, 4), 16) % dimensions;
        vector[place] = (vector[place] ?? 0) + 1;
      }
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    }),
  warmUp: async () => undefined,
  close: async () => undefined,
};

/** Writes versions of corpora as an ingestion does, without its workflow. */
export class CorpusWriter {
  readonly sourceId = randomUUID();

  constructor(
    private readonly parts: {
      documents: DocumentRepository;
      passages: PassageRepository;
      versions: CorpusVersionRepository;
      objects: ObjectStore;
      spaces: EmbeddingSpaces;
    },
  ) {}

  /** Brings documents in with a version, in place of those of the same title, and takes others out. */
  async build(personaId: string, version: number, change: { bring?: Record<string, string>; close?: readonly string[] }): Promise<void> {
    const { documents, versions } = this.parts;
    const bring = Object.entries(change.bring ?? {});
    const gone = new Set([...bring.map(([title]) => title), ...(change.close ?? [])]);
    let closed = 0;
    for (const title of gone) {
      const former = await documents.findOpenBefore(this.documentId(personaId, title), version);
      await closeRevisions(this.parts, personaId, former.map(({ _id }) => _id), version);
      closed += former.length;
    }
    for (const [title, text] of bring) await this.bring(personaId, version, title, text);
    await (await this.parts.spaces.of(personaId)).passageIndex.refresh();
    const [documentCount, passageCount] = [await documents.countAt(personaId, version), await this.parts.passages.countAt(personaId, version)];
    await versions.recordBuilt({
      personaId,
      version,
      baseVersion: version - 1,
      documents: documentCount,
      passages: passageCount,
      brought: bring.length,
      closed,
      embedder: wordEmbedder.id,
      ingestionId: randomUUID(),
      sourceId: this.sourceId,
    });
  }

  documentId(personaId: string, title: string): string {
    return sha256(`${personaId}/${title}`).slice(0, 32);
  }

  private async bring(personaId: string, version: number, title: string, text: string): Promise<void> {
    const { documents, passages, objects, spaces } = this.parts;
    const { passageIndex } = await spaces.of(personaId);
    const { key, sha256: rawSha256 } = await objects.put(text);
    const read = extractDocument({ contentType: 'text/plain', title, text });
    const made = {
      documentId: this.documentId(personaId, title),
      ...hashContent(read),
      validFrom: version,
      chunker: passagesVersion,
      embedder: wordEmbedder.id,
    };
    const revision = {
      _id: revisionIdOf(made),
      ...made,
      personaId,
      sourceId: this.sourceId,
      ingestionId: randomUUID(),
      title,
      listedTitle: title,
      url: null,
      fileName: null,
      contentType: 'text/plain',
      objectKey: key,
      rawSha256,
      text: read.text,
      sections: read.sections,
      words: read.text.split(' ').length,
      attributes: {},
      status: 'complete',
      validTo: openEnded,
      indexedAt: new Date(),
    } as unknown as DocumentRevision;
    const cut = cutIntoPassages(revision, read);
    revision.passages = cut.length;
    await documents.begin(revision);
    await passages.write(revision._id, cut);
    await passageIndex.bulkWrite(await embedPassages(wordEmbedder, cut));
  }
}
