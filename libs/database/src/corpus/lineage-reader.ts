import { createHash } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import { openEnded } from '@dramatis/contracts/knowledge';
import type { Lineage } from '@dramatis/contracts/lineage';
import type { Connection, Model } from 'mongoose';
import { type DocumentRevision, documentRevisionModel } from '../knowledge/document-repository.js';
import { ingestionModel, type IngestionRecord } from '../knowledge/ingestion-model.js';
import { passageModel, type PassageRecord } from '../knowledge/passage-repository.js';
import { sourceModel, type SourceRecord } from '../knowledge/source-repository.js';
import { webPageModel, type WebPageRecord } from '../knowledge/web-page-repository.js';
import { personaModel, type PersonaRecord } from '../personas/persona-model.js';
import { corpusVersionModel, type CorpusVersionRecord } from './corpus-version-model.js';

/** Versions that a lineage lists at most. */
const listedVersions = 50;

/** All that is recorded of where a passage comes from. */
export class LineageReader {
  private readonly passages: Model<PassageRecord>;
  private readonly revisions: Model<DocumentRevision>;
  private readonly sources: Model<SourceRecord>;
  private readonly ingestions: Model<IngestionRecord>;
  private readonly webPages: Model<WebPageRecord>;
  private readonly versions: Model<CorpusVersionRecord>;
  private readonly personas: Model<PersonaRecord>;

  constructor(connection: Connection) {
    this.passages = passageModel(connection);
    this.revisions = documentRevisionModel(connection);
    this.sources = sourceModel(connection);
    this.ingestions = ingestionModel(connection);
    this.webPages = webPageModel(connection);
    this.versions = corpusVersionModel(connection);
    this.personas = personaModel(connection);
  }

  /** @throws DomainError passage_not_found */
  async read(passageId: string): Promise<Lineage> {
    const passage = await this.passages.findById(passageId).lean<PassageRecord>();
    if (!passage) throw new DomainError('passage_not_found', { id: passageId });
    const revision = await this.revisions.findById(passage.revisionId, { text: 0 }).lean<Omit<DocumentRevision, 'text'>>();
    if (!revision) throw new DomainError('passage_not_found.document_gone', { id: passageId });
    const [source, raw, ingestion, persona, versions] = await Promise.all([
      this.sources.findById(passage.sourceId, { name: 1, kind: 1 }).lean<SourceRecord>(),
      this.rawOf(passage.sourceId, revision.objectKey),
      this.ingestions.findById(revision.ingestionId).lean<IngestionRecord>(),
      this.personas.findById(passage.personaId, { 'corpus.corpusVersion': 1 }).lean<PersonaRecord>(),
      this.versions
        .find({ personaId: passage.personaId, version: { $gte: passage.validFrom, $lt: passage.validTo }, discardedAt: null }, { version: 1 })
        .sort({ version: -1 })
        .limit(listedVersions)
        .lean<Pick<CorpusVersionRecord, 'version'>[]>(),
    ]);
    const publishedVersion = persona?.corpus.corpusVersion ?? 0;
    return {
      passage: {
        passageId,
        personaId: passage.personaId,
        ordinal: passage.ordinal,
        headingPath: passage.headingPath,
        startOffset: passage.startOffset,
        endOffset: passage.endOffset,
        tokens: passage.tokens,
        sha256: createHash('sha256').update(passage.text).digest('hex'),
        validFrom: passage.validFrom,
        validTo: passage.validTo === openEnded ? null : passage.validTo,
      },
      revision: {
        revisionId: revision._id,
        documentId: revision.documentId,
        title: revision.title,
        contentType: revision.contentType,
        words: revision.words,
        passages: revision.passages,
        contentHash: revision.contentHash,
        layoutHash: revision.layoutHash,
        indexedAt: revision.indexedAt.toISOString(),
      },
      tools: [
        { step: 'cut', version: revision.chunker },
        { step: 'embed', version: revision.embedder },
      ],
      raw: { objectKey: revision.objectKey, sha256: revision.rawSha256, ...raw, url: revision.url },
      source: source && { sourceId: source._id, name: source.name, kind: source.kind },
      ingestion: ingestion && {
        ingestionId: ingestion._id,
        workflowId: ingestion.workflowId,
        status: ingestion.status,
        targetVersion: ingestion.targetVersion,
        startedAt: ingestion.startedAt.toISOString(),
        endedAt: ingestion.endedAt?.toISOString() ?? null,
      },
      versions: {
        publishedVersion,
        seenByPublished: passage.validFrom <= publishedVersion && publishedVersion < passage.validTo,
        seenBy: versions.map(({ version }) => version),
      },
    };
  }

  /**
   * How large the raw object is and when it was fetched, as the source has it now. What it has no more, such as a former state of a page,
   * is not known.
   */
  private async rawOf(sourceId: string, objectKey: string): Promise<{ bytes: number | null; fetchedAt: string | null }> {
    const page = await this.webPages.findOne({ sourceId, objectKey }, { bytes: 1, fetchedAt: 1 }).lean<Pick<WebPageRecord, 'bytes' | 'fetchedAt'>>();
    if (page) return { bytes: page.bytes, fetchedAt: page.fetchedAt.toISOString() };
    const source = await this.sources.findOne({ _id: sourceId, 'documents.objectKey': objectKey }, { documents: 1 }).lean<Pick<SourceRecord, 'documents'>>();
    return { bytes: source?.documents.find((item) => item.objectKey === objectKey)?.bytes ?? null, fetchedAt: null };
  }
}
