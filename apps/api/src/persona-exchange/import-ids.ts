import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { type PersonaImportRecord, PersonaImportRepository } from '@dramatis/database/personas/persona-import-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { slugOf } from '@dramatis/database/personas/persona-slug';
import { Injectable } from '@nestjs/common';
import type { ImportPlan } from './import-plan.js';

const maxIdCharacters = 64;
const tries = 50;

/** Finds ids for imported personas, and holds them until the persona is made. */
@Injectable()
export class ImportIds {
  constructor(
    private readonly personas: PersonaRepository,
    private readonly imports: PersonaImportRepository,
  ) {}

  /** The id that an import would get now. */
  async propose(plan: ImportPlan): Promise<{ personaId: string; notes: ImportNote[] }> {
    for (const personaId of candidates(plan)) if (await this.isFree(personaId)) return { personaId, notes: notesOf(plan, personaId) };
    throw noId();
  }

  /** The record of an earlier try. @throws DomainError request_id_reused when that was about another file */
  async former(requestId: string, sha256: string): Promise<PersonaImportRecord | null> {
    const record = await this.imports.find(requestId);
    if (record && record.sha256 !== sha256) throw new DomainError('request_id_reused.import');
    return record;
  }

  /** The import’s record, also of an earlier try. @throws DomainError request_id_reused when that was about another file */
  async reserve(plan: ImportPlan, { requestId, sha256, card }: { requestId: string; sha256: string; card: string | null }): Promise<{ record: PersonaImportRecord; isNew: boolean; notes: ImportNote[] }> {
    const former = await this.former(requestId, sha256);
    if (former) return { record: former, isNew: false, notes: notesOf(plan, former.personaId) };
    for (const personaId of candidates(plan)) {
      if (!(await this.isFree(personaId))) continue;
      const record: PersonaImportRecord = { _id: requestId, personaId, sha256, card, sources: [], ingestionId: null, notes: [], startedAt: new Date(), finishedAt: null };
      if (await this.imports.reserve(record)) return { record, isNew: true, notes: notesOf(plan, personaId) };
      const other = await this.former(requestId, sha256);
      if (other) return { record: other, isNew: false, notes: notesOf(plan, other.personaId) };
    }
    throw noId();
  }

  private async isFree(personaId: string): Promise<boolean> {
    try {
      await this.personas.get(personaId);
      return false;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'persona_not_found') return true;
      throw error;
    }
  }
}

/** The former id, then one made of the name, then these with numbers. */
function* candidates({ formerId, profile }: ImportPlan): Generator<string> {
  const stem = formerId ?? (slugOf(profile.name) || 'persona');
  yield stem;
  for (let number = 2; number <= tries; number += 1) {
    const ending = `-${number}`;
    yield `${stem.slice(0, maxIdCharacters - ending.length).replace(/-+$/, '')}${ending}`;
  }
}

function notesOf({ formerId }: ImportPlan, personaId: string): ImportNote[] {
  return formerId !== null && formerId !== personaId ? [{ code: 'id_taken' }] : [];
}

function noId(): DomainError {
  return new DomainError('persona_exists.many', { count: tries });
}
