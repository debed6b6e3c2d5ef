import { DomainError } from '@dramatis/contracts/errors';
import type { CreatePersona, Persona, PersonaPage, PersonaQuery, PersonaVersion, UpdatePersona } from '@dramatis/contracts/persona';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { IngestionsService } from '../knowledge/ingestions.service.js';
import { type Access, mayCurate } from '../access/access.js';

/** Personas as the asker may see them: drafts and archived ones exist for operators only. */
@Injectable()
export class PersonasService {
  constructor(
    private readonly personas: PersonaRepository,
    private readonly ingestions: IngestionsService,
  ) {}

  list(query: PersonaQuery, access: Access): Promise<PersonaPage> {
    const { status } = query;
    const statuses = mayCurate(access) ? (status ? [status] : (['active', 'draft', 'archived'] as const)) : (['active'] as const);
    if (!mayCurate(access) && status !== undefined && status !== 'active') {
      return Promise.resolve({ items: [], total: 0, limit: query.limit, offset: query.offset });
    }
    return this.personas.list({ ...query, statuses: [...statuses] });
  }

  /** @throws DomainError persona_not_found, also where the asker may not know of the persona */
  async get(personaId: string, access: Access): Promise<Persona> {
    const persona = await this.personas.get(personaId);
    if (persona.status !== 'active' && !mayCurate(access)) throw notFound(personaId);
    return persona;
  }

  /** @throws DomainError persona_not_found */
  async versions(personaId: string, access: Access): Promise<PersonaVersion[]> {
    await this.get(personaId, access);
    const versions = await this.personas.versions(personaId);
    return mayCurate(access) ? versions : versions.filter(({ status }) => status === 'active');
  }

  /** @throws DomainError persona_not_found */
  async version(personaId: string, version: number, access: Access): Promise<PersonaVersion> {
    await this.get(personaId, access);
    const found = await this.personas.getVersion(personaId, version);
    if (found.status !== 'active' && !mayCurate(access)) throw notFound(personaId);
    return found;
  }

  create(input: CreatePersona): Promise<Persona> {
    return this.personas.create(input);
  }

  update(personaId: string, patch: UpdatePersona): Promise<Persona> {
    return this.personas.update(personaId, patch);
  }

  /** With all that it knows, which a workflow removes. @throws DomainError persona_not_found, workflow_service_unavailable */
  async delete(personaId: string): Promise<void> {
    await this.personas.get(personaId);
    // First what may be out of reach: knowledge without its persona would be found by nobody.
    await this.ingestions.removeKnowledge(personaId);
    await this.personas.delete(personaId);
  }
}

function notFound(personaId: string): DomainError {
  return new DomainError('persona_not_found', `There is no persona ${personaId}.`);
}
