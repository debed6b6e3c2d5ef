import { DomainError } from '@dramatis/contracts/errors';
import type { CreateSource, Source, SourceDocument } from '@dramatis/contracts/knowledge';
import { type SourceItem, SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from '../infrastructure/tokens.js';

/** How many documents are written to the object store side by side. */
const concurrency = 8;

/** Where a persona's knowledge comes from. The texts go to the object store as they came; an ingestion reads them there. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly sources: SourceRepository,
    private readonly personas: PersonaRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /** @throws DomainError persona_not_found */
  async create(input: CreateSource): Promise<Source> {
    await this.personas.get(input.personaId);
    const documents: SourceItem[] = [];
    for (let start = 0; start < input.documents.length; start += concurrency) {
      const batch = input.documents.slice(start, start + concurrency);
      documents.push(...(await Promise.all(batch.map((document) => this.store(document)))));
    }
    return this.sources.create({ personaId: input.personaId, name: input.name, documents });
  }

  list(filter: { personaId?: string }): Promise<Source[]> {
    return this.sources.list(filter);
  }

  private async store({ title, contentType, text }: SourceDocument): Promise<SourceItem> {
    try {
      const { key, sha256, bytes } = await this.objects.put(Buffer.from(text, 'utf8'));
      return { title, contentType, objectKey: key, sha256, bytes };
    } catch (cause) {
      throw new DomainError('internal', 'The documents could not be stored; the operator finds the reason in the logs.', { cause });
    }
  }
}
