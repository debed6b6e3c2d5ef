import { Injectable, inject } from '@angular/core';
import type {
  DocumentPage,
  DocumentQuery,
  IngestedDocumentDetail,
  Ingestion,
  IngestionPage,
  IngestionProgress,
  IngestionQuery,
  StartIngestion,
  StartedIngestion,
} from '@dramatis/contracts/ingestion';
import type { Persona, PersonaPage, PersonaQuery } from '@dramatis/contracts/persona';
import type { Revision, RevisionPassages } from '@dramatis/contracts/revision';
import type { CreateSource, Source, SourcePage, SourceQuery, UpdateSource } from '@dramatis/contracts/source';
import { AdminHttp, path } from './admin-http';

/** Personas, their sources, the runs of those, and the documents that they bring. */
@Injectable({ providedIn: 'root' })
export class KnowledgeApi {
  private readonly http = inject(AdminHttp);

  personas(query: Partial<PersonaQuery>, signal?: AbortSignal): Promise<PersonaPage> {
    return this.http.get('/api/personas', query, signal);
  }

  persona(personaId: string, signal?: AbortSignal): Promise<Persona> {
    return this.http.get(path`/api/personas/${personaId}`, {}, signal);
  }

  sources(query: Partial<SourceQuery>, signal?: AbortSignal): Promise<SourcePage> {
    return this.http.get('/api/admin/sources', query, signal);
  }

  source(sourceId: string, signal?: AbortSignal): Promise<Source> {
    return this.http.get(path`/api/admin/sources/${sourceId}`, {}, signal);
  }

  createSource(body: CreateSource): Promise<Source> {
    return this.http.post('/api/admin/sources', body);
  }

  updateSource(sourceId: string, body: UpdateSource): Promise<Source> {
    return this.http.patch(path`/api/admin/sources/${sourceId}`, body);
  }

  /** The run that takes its documents out of the corpus; null when the corpus had none of it. */
  deleteSource(sourceId: string): Promise<StartedIngestion | null> {
    return this.http.delete(path`/api/admin/sources/${sourceId}`);
  }

  /** What a source holds: its texts or files, or the pages that its runs have found. */
  sourceDocuments(sourceId: string, query: Partial<DocumentQuery>, signal?: AbortSignal): Promise<DocumentPage> {
    return this.http.get(path`/api/admin/sources/${sourceId}/documents`, query, signal);
  }

  ingest(sourceId: string, body: StartIngestion = {}): Promise<StartedIngestion> {
    return this.http.post(path`/api/admin/sources/${sourceId}/ingest`, body);
  }

  ingestions(query: Partial<IngestionQuery>, signal?: AbortSignal): Promise<IngestionPage> {
    return this.http.get('/api/admin/ingestions', query, signal);
  }

  ingestion(ingestionId: string, signal?: AbortSignal): Promise<Ingestion> {
    return this.http.get(path`/api/admin/ingestions/${ingestionId}`, {}, signal);
  }

  progress(ingestionId: string, signal?: AbortSignal): Promise<IngestionProgress> {
    return this.http.get(path`/api/admin/ingestions/${ingestionId}/progress`, {}, signal);
  }

  pause(ingestionId: string): Promise<unknown> {
    return this.http.post(path`/api/admin/ingestions/${ingestionId}/pause`);
  }

  resume(ingestionId: string): Promise<unknown> {
    return this.http.post(path`/api/admin/ingestions/${ingestionId}/resume`);
  }

  cancel(ingestionId: string): Promise<unknown> {
    return this.http.post(path`/api/admin/ingestions/${ingestionId}/cancel`);
  }

  /** Begins a run that takes up the failed documents of this one. */
  retry(ingestionId: string): Promise<StartedIngestion> {
    return this.http.post(path`/api/admin/ingestions/${ingestionId}/retry`);
  }

  documents(ingestionId: string, query: Partial<DocumentQuery>, signal?: AbortSignal): Promise<DocumentPage> {
    return this.http.get(path`/api/admin/ingestions/${ingestionId}/documents`, query, signal);
  }

  document(ingestionId: string, documentId: string, signal?: AbortSignal): Promise<IngestedDocumentDetail> {
    return this.http.get(path`/api/admin/ingestions/${ingestionId}/documents/${documentId}`, {}, signal);
  }

  original(ingestionId: string, documentId: string): Promise<Blob> {
    return this.http.file(path`/api/admin/ingestions/${ingestionId}/documents/${documentId}/original`);
  }

  revision(revisionId: string, signal?: AbortSignal): Promise<Revision> {
    return this.http.get(path`/api/admin/revisions/${revisionId}`, {}, signal);
  }

  revisionPassages(revisionId: string, fromOrdinal: number, signal?: AbortSignal): Promise<RevisionPassages> {
    return this.http.get(path`/api/admin/revisions/${revisionId}/passages`, { fromOrdinal, limit: 500 }, signal);
  }
}
