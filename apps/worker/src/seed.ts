import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ingestion } from '@dramatis/contracts/ingestion';
import type { CreateSourceInput, Source } from '@dramatis/contracts/source';
import { createPersona, type CreatePersona, type Persona } from '@dramatis/contracts/persona';
import { z } from 'zod';

const personasFolder = new URL('../../../tools/seed/personas/', import.meta.url);
const sourceName = 'Seeded corpus';
const pollMs = 500;
const patienceMs = 600_000;

/**
 * Fills an installation with the seeded personas, through the same API and the same ingestion that everybody uses.
 * Idempotent: what is there is left alone, what is missing is added.
 */
class Seeding {
  constructor(
    private readonly apiUrl: string,
    private readonly token: string,
  ) {}

  async run(): Promise<void> {
    const folders = (await readdir(personasFolder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const pending: Promise<void>[] = [];
    for (const { name } of folders) {
      const persona = await this.persona(name);
      if (persona.corpus.corpusVersion > 0) continue;
      pending.push(this.corpus(name, persona));
    }
    await Promise.all(pending);
    console.log(`${folders.length} personas are ready`);
  }

  private async persona(folder: string): Promise<Persona> {
    const existing = await this.call<Persona | null>('GET', `/api/personas/${folder}`, undefined, { orNull: true });
    if (existing) return existing;
    const input: CreatePersona = createPersona.parse(JSON.parse(await readFile(new URL(`${folder}/persona.json`, personasFolder), 'utf8')));
    const persona = await this.call<Persona>('POST', '/api/personas', input);
    console.log(`${persona.name}: created`);
    return persona;
  }

  private async corpus(folder: string, persona: Persona): Promise<void> {
    const source = await this.source(folder, persona);
    // A former seeding may have been interrupted while its ingestion went on.
    const { ingestionId } = source.lastIngestionId && (await this.isRunning(source.lastIngestionId))
      ? { ingestionId: source.lastIngestionId }
      : await this.call<{ ingestionId: string }>('POST', `/api/admin/sources/${source.sourceId}/ingest`, {});
    const ingestion = await this.ended(ingestionId);
    if (ingestion.status !== 'completed') {
      throw new Error(`${persona.name}: the corpus was not taken in: ${ingestion.failure ?? ingestion.status}`);
    }
    const { indexed, passages } = ingestion.counts;
    console.log(`${persona.name}: ${indexed} documents, ${passages} passages`);
  }

  private async source(folder: string, persona: Persona): Promise<Source> {
    const { items } = await this.call<{ items: Source[] }>('GET', `/api/admin/sources?personaId=${persona.personaId}`);
    const existing = items.find(({ name }) => name === sourceName);
    if (existing) return existing;
    const corpusFolder = new URL(`${folder}/corpus/`, personasFolder);
    const files = (await readdir(corpusFolder)).filter((file) => file.endsWith('.md')).sort();
    const documents = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(new URL(file, corpusFolder), 'utf8');
        return { title: titleOf(text, file), contentType: 'text/markdown' as const, text };
      }),
    );
    const input: CreateSourceInput = { personaId: persona.personaId, name: sourceName, documents };
    return this.call<Source>('POST', '/api/admin/sources', input);
  }

  private async isRunning(ingestionId: string): Promise<boolean> {
    return (await this.call<Ingestion>('GET', `/api/admin/ingestions/${ingestionId}`)).status === 'running';
  }

  private async ended(ingestionId: string): Promise<Ingestion> {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
      const ingestion = await this.call<Ingestion>('GET', `/api/admin/ingestions/${ingestionId}`);
      if (ingestion.status !== 'running') return ingestion;
      await delay(pollMs);
    }
    throw new Error(`Ingestion ${ingestionId} did not end within ${patienceMs / 60_000} minutes; see its workflow in the Temporal UI.`);
  }

  private async call<T>(method: string, path: string, body?: unknown, options: { orNull?: boolean } = {}): Promise<T> {
    const response = await fetch(new URL(path, this.apiUrl), {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (options.orNull && response.status === 404) return null as T;
    const answer = (await response.json()) as T & { detail?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.detail ?? response.status}`);
    return answer;
  }
}

function titleOf(markdown: string, file: string): string {
  return /^title:\s*(.+?)\s*$/m.exec(markdown)?.[1] ?? file.replace(/\.md$/, '');
}

const env = z
  .object({ DRAMATIS_API_URL: z.url(), DRAMATIS_ADMIN_TOKEN: z.string().min(1) })
  .safeParse(process.env);
if (!env.success) {
  console.error('Seeding needs DRAMATIS_API_URL and DRAMATIS_ADMIN_TOKEN; `npm start` gives both.');
  process.exit(1);
}
new Seeding(env.data.DRAMATIS_API_URL, env.data.DRAMATIS_ADMIN_TOKEN).run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
