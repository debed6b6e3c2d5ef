import type { Avatar } from '@dramatis/contracts/avatar';
import type { CreatePersona, Persona, PersonaProfile, PersonaVersion, UpdatePersona } from '@dramatis/contracts/persona';
import type { PersonaDraft, SavePersonaDraft } from '@dramatis/contracts/persona-draft';
import { Problem } from '../app/core/problem';
import type { PersonasApi } from '../app/features/console/api/personas-api';
import { buildPersona } from './builders';

type Routes = Pick<PersonasApi, keyof PersonasApi>;

/** One persona with its draft and versions in memory, by the rules of the API: what is saved over another version is refused. */
export class FakePersonasApi implements Routes {
  kept: Persona = buildPersona();
  draftKept: PersonaDraft | null = null;
  versionsKept: PersonaVersion[] = [];
  avatar: Avatar | Problem = { imageUrl: `/api/avatars/${'a'.repeat(64)}.webp`, bytes: 10 };
  readonly requests: string[] = [];
  trouble: Problem | null = null;

  constructor(private readonly note: (route: string, asked?: unknown) => void = () => undefined) {}

  async create(body: CreatePersona): Promise<Persona> {
    this.ask('create', body);
    this.kept = { ...buildPersona(), ...body, personaId: body.personaId ?? 'made-up', version: 1 };
    return this.kept;
  }

  async persona(): Promise<Persona> {
    this.ask('persona');
    return this.kept;
  }

  async update(_: string, { ifVersion, ...changes }: UpdatePersona): Promise<Persona> {
    this.ask('update', { ifVersion, ...changes });
    if (ifVersion !== undefined && ifVersion !== this.kept.version) throw changed();
    return (this.kept = { ...this.kept, ...changes, version: this.nextVersion() });
  }

  async archive(): Promise<Persona> {
    return this.update('', { status: 'archived' });
  }

  async unarchive(): Promise<Persona> {
    return this.update('', { status: 'active' });
  }

  async draft(): Promise<PersonaDraft | null> {
    this.ask('draft');
    return this.draftKept;
  }

  async saveDraft(_: string, { ifVersion, baseVersion, ...profile }: SavePersonaDraft): Promise<PersonaDraft> {
    this.ask('saveDraft', { ifVersion, baseVersion });
    if ((this.draftKept?.version ?? null) !== ifVersion) throw draftChanged();
    return this.putDraft(profile, baseVersion, 'Mary');
  }

  async publishDraft(_: string, ifVersion: number): Promise<Persona> {
    this.ask('publishDraft', ifVersion);
    const draft = this.draftKept;
    if (draft?.version !== ifVersion) throw draftChanged();
    if (draft.baseVersion !== this.kept.version) throw changed();
    const { personaId, corpus, creationDate } = this.kept;
    const { baseVersion: _base, publishedVersion: _published, savedAt, savedBy: _by, ...profile } = draft;
    this.draftKept = null;
    return (this.kept = { ...profile, personaId, corpus, creationDate, status: 'active', lastModifiedDate: savedAt });
  }

  async discardDraft(_: string, ifVersion: number): Promise<void> {
    this.ask('discardDraft', ifVersion);
    this.draftKept = null;
  }

  async versions(): Promise<PersonaVersion[]> {
    this.ask('versions');
    return this.versionsKept;
  }

  async version(_: string, version: number): Promise<PersonaVersion> {
    this.ask('version', version);
    return this.versionsKept.find((kept) => kept.version === version)!;
  }

  async restore(_: string, version: number, ifVersion: number): Promise<Persona> {
    this.ask('restore', { version, ifVersion });
    return (this.kept = { ...this.kept, version: this.nextVersion() });
  }

  async uploadAvatar(_: Blob, crop: { x: number; y: number }): Promise<Avatar> {
    this.ask('uploadAvatar', crop);
    if (this.avatar instanceof Problem) throw this.avatar;
    return this.avatar;
  }

  /** Somebody saves a draft. */
  putDraft(profile: PersonaProfile, baseVersion = this.kept.version, name = 'Charles'): PersonaDraft {
    const { personaId } = this.kept;
    const version = this.nextVersion();
    const savedBy = { kind: 'account', id: '1', name } as const;
    this.draftKept = { ...profile, personaId, version, baseVersion, publishedVersion: this.kept.version, savedAt: '2026-01-03T10:00:00.000Z', savedBy };
    return this.draftKept;
  }

  private nextVersion(): number {
    return Math.max(this.kept.version, this.draftKept?.version ?? 0) + 1;
  }

  private ask(route: string, asked?: unknown): void {
    this.requests.push(asked === undefined ? route : `${route} ${JSON.stringify(asked)}`);
    this.note(route, asked);
    if (this.trouble) throw this.trouble;
  }
}

function changed(): Problem {
  return new Problem('persona_changed', 'The persona was changed.', 409);
}

function draftChanged(): Problem {
  return new Problem('persona_draft_changed', 'The draft was changed.', 409);
}
