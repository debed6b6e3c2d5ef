import { DomainError } from '@dramatis/contracts/errors';
import type { CreatePersona, Persona, PersonaPage, PersonaQuery, PersonaVersion, UpdatePersona } from '@dramatis/contracts/persona';
import type { DiscardPersonaDraft, PersonaDraft, PublishPersonaDraft, RestorePersonaVersion, SavePersonaDraft } from '@dramatis/contracts/persona-draft';
import { PersonaImportRepository } from '@dramatis/database/personas/persona-import-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { IngestionsService } from '../knowledge/ingestions.service.js';
import { type Access, mayCurate } from '../access/access.js';
import { AvatarService } from '../avatars/avatar.service.js';
import { CustomsOffered } from '../customs/customs-offered.js';
import { PersonaAuthors } from './persona-authors.js';

/** Personas as the asker may see them: drafts and archived ones exist for operators only. */
@Injectable()
export class PersonasService {
  constructor(
    private readonly personas: PersonaRepository,
    private readonly ingestions: IngestionsService,
    private readonly authors: PersonaAuthors,
    private readonly imports: PersonaImportRepository,
    private readonly customs: CustomsOffered,
    private readonly avatars: AvatarService,
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
    return mayCurate(access) ? this.authors.named(versions) : versions.filter(isReadable).map(withoutAuthor);
  }

  /** @throws DomainError persona_not_found */
  async version(personaId: string, version: number, access: Access): Promise<PersonaVersion> {
    await this.get(personaId, access);
    const found = await this.personas.getVersion(personaId, version);
    if (mayCurate(access)) return (await this.authors.named([found]))[0]!;
    if (!isReadable(found)) throw notFound(personaId);
    return withoutAuthor(found);
  }

  /** @throws DomainError persona_exists, invalid_request where it offers a mode or format that nobody made, or shows a picture that is gone */
  async create(input: CreatePersona, access: Access): Promise<Persona> {
    await this.requireUsable(input);
    return this.personas.create(input, this.authors.authorOf(access));
  }

  /** @throws DomainError persona_not_found, persona_changed, invalid_request where it offers a mode or format that nobody made, or shows a picture that is gone */
  async update(personaId: string, patch: UpdatePersona, access: Access): Promise<Persona> {
    await this.requireUsable(patch);
    return this.personas.update(personaId, patch, this.authors.authorOf(access));
  }

  /** It stands where it stood before it was archived. @throws DomainError persona_not_found, persona_changed */
  async unarchive(personaId: string, access: Access): Promise<Persona> {
    const persona = await this.personas.get(personaId);
    if (persona.status !== 'archived') return persona;
    const versions = await this.personas.versions(personaId);
    const status = versions.find((version) => version.publishedAt !== null && version.status !== 'archived')?.status ?? 'draft';
    return this.update(personaId, { status, ifVersion: persona.version }, access);
  }

  /** @throws DomainError persona_not_found, persona_changed */
  restore(personaId: string, version: number, input: RestorePersonaVersion, access: Access): Promise<Persona> {
    return this.personas.restore(personaId, version, input, this.authors.authorOf(access));
  }

  /** Null where there is none. @throws DomainError persona_not_found */
  async draft(personaId: string): Promise<PersonaDraft | null> {
    const draft = await this.personas.draft(personaId);
    return draft && this.namedDraft(draft);
  }

  /** @throws DomainError persona_not_found, persona_draft_changed, invalid_request where it offers a mode or format that nobody made, or shows a picture that is gone */
  async saveDraft(personaId: string, input: SavePersonaDraft, access: Access): Promise<PersonaDraft> {
    await this.requireUsable(input);
    return this.namedDraft(await this.personas.saveDraft(personaId, input, this.authors.authorOf(access)));
  }

  /** @throws DomainError persona_not_found, persona_draft_not_found, persona_draft_changed, persona_changed */
  publishDraft(personaId: string, { ifVersion }: PublishPersonaDraft): Promise<Persona> {
    return this.personas.publishDraft(personaId, ifVersion);
  }

  /** @throws DomainError persona_not_found, persona_draft_not_found, persona_draft_changed */
  discardDraft(personaId: string, { ifVersion }: DiscardPersonaDraft): Promise<void> {
    return this.personas.discardDraft(personaId, ifVersion);
  }

  /** The persona as its draft has it, for curators. @throws DomainError forbidden, persona_not_found */
  async previewed(personaId: string, access: Access): Promise<Persona> {
    if (!mayCurate(access)) throw new DomainError('forbidden.preview');
    return this.personas.previewed(personaId);
  }

  /** With all that it knows, which a workflow removes. @throws DomainError persona_not_found, workflow_service_unavailable */
  async delete(personaId: string): Promise<void> {
    await this.personas.get(personaId);
    // First what may be out of reach: knowledge without its persona would be found by nobody.
    await this.ingestions.removeKnowledge(personaId);
    await this.imports.deleteOfPersona(personaId);
    await this.personas.delete(personaId);
  }

  /** What a profile names must be there: modes, formats and the picture. @throws DomainError invalid_request */
  private async requireUsable({ defaultInteractionModes = [], supportedResponseFormats = [], imageUrl }: Pick<UpdatePersona, 'defaultInteractionModes' | 'supportedResponseFormats' | 'imageUrl'>): Promise<void> {
    await this.customs.requireKnown(defaultInteractionModes, supportedResponseFormats);
    await this.avatars.requireTaken(imageUrl);
  }

  private async namedDraft(draft: PersonaDraft): Promise<PersonaDraft> {
    return (await this.authors.named([draft]))[0]!;
  }
}

/** What anybody may read: what was published while the persona was on stage. */
function isReadable({ status, publishedAt }: PersonaVersion): boolean {
  return status === 'active' && publishedAt !== null;
}

function withoutAuthor(version: PersonaVersion): PersonaVersion {
  return { ...version, savedBy: null };
}

function notFound(personaId: string): DomainError {
  return new DomainError('persona_not_found', { personaId });
}
