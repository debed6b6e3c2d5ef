import type { Ingestion } from '@dramatis/contracts/ingestion';
import type { CreateSourceInput, Source, SourceDocument, UploadResults } from '@dramatis/contracts/source';
import type { CreatePersona, Persona } from '@dramatis/contracts/persona';
import { eventually } from '../eventually.js';
import { HttpClient } from './http-client.js';

/** Whoever has the operator token: makes personas and takes in what they know. */
export class Operator {
  readonly http: HttpClient;

  constructor(baseUrl: string, token: string) {
    this.http = new HttpClient(baseUrl, { authorization: `Bearer ${token}` });
  }

  createPersona(persona: CreatePersona): Promise<Persona> {
    return this.http.expect('POST', '/api/personas', persona);
  }

  persona(personaId: string): Promise<Persona> {
    return this.http.expect('GET', `/api/personas/${personaId}`);
  }

  upload(files: readonly File[]): Promise<UploadResults> {
    const form = new FormData();
    for (const file of files) form.append('files', file);
    return this.http.expect('POST', '/api/admin/uploads', form);
  }

  createSource(source: CreateSourceInput): Promise<Source> {
    return this.http.expect('POST', '/api/admin/sources', source);
  }

  startIngestion(sourceId: string): Promise<{ ingestionId: string }> {
    return this.http.expect('POST', `/api/admin/sources/${sourceId}/ingest`, {});
  }

  ingestion(ingestionId: string): Promise<Ingestion> {
    return this.http.expect('GET', `/api/admin/ingestions/${ingestionId}`);
  }

  ingestionEnded(ingestionId: string): Promise<Ingestion> {
    return eventually(
      `the end of ingestion ${ingestionId}`,
      async () => {
        const ingestion = await this.ingestion(ingestionId);
        return ingestion.status === 'running' ? null : ingestion;
      },
      { timeoutMs: 180_000 },
    );
  }

  /** An active persona whose corpus was taken in by the product's own ingestion and is published. */
  async createPersonaWithCorpus(persona: CreatePersona, documents: SourceDocument[]): Promise<Persona> {
    const { personaId } = await this.createPersona(persona);
    const { sourceId } = await this.createSource({ personaId, name: 'Papers', documents });
    const { ingestionId } = await this.startIngestion(sourceId);
    const ended = await this.ingestionEnded(ingestionId);
    if (ended.status !== 'completed') throw new Error(`the corpus of ${personaId} was not taken in: ${JSON.stringify(ended)}`);
    return this.persona(personaId);
  }
}
