import { setTimeout as delay } from 'node:timers/promises';

/** Files of one request. */
const uploadBatch = 100;
const pollMs = 2_000;

/** What a curator does in the console, by the API. */
export class Curator {
  constructor({ apiUrl, adminToken }) {
    this.apiUrl = apiUrl;
    this.authorization = { authorization: `Bearer ${adminToken}` };
  }

  /** A new persona with a source of the documents, which is not taken in yet. */
  async newSource(documents) {
    const { personaId } = await this.#call('POST', '/api/personas', { name: `Bench ${Date.now()}`, description: 'Takes in documents.' });
    const uploadIds = [];
    for (let from = 0; from < documents.length; from += uploadBatch) uploadIds.push(...(await this.#upload(documents.slice(from, from + uploadBatch))));
    const { sourceId } = await this.#call('POST', '/api/admin/sources', { kind: 'upload', personaId, name: 'Bench', uploadIds });
    return sourceId;
  }

  async start(sourceId) {
    const { ingestionId } = await this.#call('POST', `/api/admin/sources/${sourceId}/ingest`, {});
    return ingestionId;
  }

  read(ingestionId) {
    return this.#call('GET', `/api/admin/ingestions/${ingestionId}`);
  }

  cancel(ingestionId) {
    return this.#call('POST', `/api/admin/ingestions/${ingestionId}/cancel`, {});
  }

  /** Starts an ingestion and follows it to its end. `onProgress` gets the number of documents that have ended. */
  async ingest(sourceId, onProgress = async () => undefined) {
    const start = performance.now();
    const ingestionId = await this.start(sourceId);
    for (;;) {
      const { status, counts, failure, stage } = await this.read(ingestionId);
      await onProgress(counts.indexed + counts.unchanged + counts.duplicate + counts.skipped + counts.failed);
      if (status === 'completed') return { counts, elapsedMs: performance.now() - start };
      if (status !== 'running') throw new Error(`The ingestion ended as ${status}: ${failure}`);
      // Asking counts the documents in the database: seldom while there is much to do.
      await delay(stage === 'processing' && counts.discovered > 50 ? pollMs : 50);
    }
  }

  async #upload(documents) {
    const form = new FormData();
    for (const { fileName, text } of documents) form.append('files', new Blob([text], { type: 'text/markdown' }), fileName);
    const response = await fetch(new URL('/api/admin/uploads', this.apiUrl), { method: 'POST', headers: this.authorization, body: form });
    const { items } = await response.json();
    return items.flatMap((item) => (item.ok ? [item.uploadId] : []));
  }

  async #call(method, path, body) {
    const response = await fetch(new URL(path, this.apiUrl), {
      method,
      headers: { ...this.authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
