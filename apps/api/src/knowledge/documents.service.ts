import type { Readable } from 'node:stream';
import { DomainError } from '@dramatis/contracts/errors';
import { ingestionWorkflowId } from '@dramatis/contracts/ids';
import type { DocumentPage, DocumentQuery, IngestedDocumentDetail } from '@dramatis/contracts/ingestion';
import type { Revision, RevisionPassageQuery, RevisionPassages } from '@dramatis/contracts/revision';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { toIngestedDocument } from '@dramatis/database/knowledge/ingestion-document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { ObjectStoreError, type ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from '../infrastructure/tokens.js';

export interface OriginalFile {
  fileName: string;
  contentType: string;
  bytes: number;
  content: Readable;
}

/** What became of documents, and what the corpus has of them. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly ingestions: IngestionRepository,
    private readonly sources: SourceRepository,
    private readonly documents: DocumentRepository,
    private readonly passages: PassageRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** @throws DomainError ingestion_not_found */
  async ofIngestion(ingestionId: string, query: DocumentQuery): Promise<DocumentPage> {
    await this.ingestions.getRecord(ingestionId);
    return this.ingestions.documents.page([ingestionId], query);
  }

  /** As the last full run and the retries after it left them. @throws DomainError source_not_found */
  async ofSource(sourceId: string, query: DocumentQuery): Promise<DocumentPage> {
    await this.sources.getHead(sourceId);
    const runs = await this.ingestions.lastOfSource(sourceId);
    return this.ingestions.documents.page(runs.map(({ _id }) => _id), query);
  }

  /** @throws DomainError ingestion_not_found, document_not_found */
  async get(ingestionId: string, documentId: string): Promise<IngestedDocumentDetail> {
    const record = await this.record(ingestionId, documentId);
    const { timeline, warnings, duplicateOf, foundOn, objectKey, sha256, contentType, bytes, entryId } = record;
    const wasAtWork = timeline.length > 0 || record.step !== null;
    return {
      ...toIngestedDocument(record),
      timeline,
      warnings,
      duplicateOf,
      foundOn,
      workflowId: wasAtWork ? `${ingestionWorkflowId(ingestionId)}/${entryId}` : null,
      original: objectKey === null ? null : { fileName: fileNameOf(record), contentType: contentType!, bytes: bytes!, sha256: sha256! },
    };
  }

  /** What was stored as it came. The stream must be read or destroyed. @throws DomainError ingestion_not_found, document_not_found */
  async original(ingestionId: string, documentId: string): Promise<OriginalFile> {
    const record = await this.record(ingestionId, documentId);
    if (record.objectKey === null) throw new DomainError('document_not_found.nothing_stored');
    try {
      const { bytes, content } = await this.objects.open(record.objectKey);
      return { bytes, content, fileName: fileNameOf(record), contentType: record.contentType! };
    } catch (error) {
      if (!(error instanceof ObjectStoreError) || error.code !== 'not_found') throw error;
      throw new DomainError('document_not_found.original_gone', {}, { cause: error });
    }
  }

  /** @throws DomainError revision_not_found */
  revision(revisionId: string): Promise<Revision> {
    return this.documents.read(revisionId);
  }

  /** @throws DomainError revision_not_found */
  async passagesOf(revisionId: string, query: RevisionPassageQuery): Promise<RevisionPassages> {
    await this.documents.read(revisionId);
    const [items, total] = await Promise.all([this.passages.listOfRevision(revisionId, query), this.passages.countOfRevision(revisionId)]);
    return { items, total };
  }

  private async record(ingestionId: string, documentId: string): Promise<IngestionDocumentRecord> {
    await this.ingestions.getRecord(ingestionId);
    const record = await this.ingestions.documents.findByDocument(ingestionId, documentId);
    if (!record) throw new DomainError('document_not_found.in_ingestion', { ingestion: ingestionId, id: documentId });
    return record;
  }
}

const extensions: Record<string, string> = { 'text/plain': '.txt', 'text/markdown': '.md', 'text/html': '.html', 'application/pdf': '.pdf' };

function fileNameOf({ fileName, title, contentType }: IngestionDocumentRecord): string {
  if (fileName !== null) return fileName;
  const base = title
    .replace(/[\p{C}\s\\/:*?"<>|]+/gu, ' ')
    .replace(/^[ .]+/, '')
    .slice(0, 100)
    .toWellFormed()
    .trim();
  return `${base === '' ? 'document' : base}${extensions[(contentType ?? '').split(';')[0]!] ?? ''}`;
}
