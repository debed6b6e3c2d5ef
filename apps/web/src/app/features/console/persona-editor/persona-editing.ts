import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Persona, PersonaProfile } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import { BrowserStorage } from '../../../core/browser-storage';
import { type Problem, asProblem } from '../../../core/problem';
import { PersonasApi } from '../api/personas-api';
import { type FieldIssue, type ProfileFields, fieldsOf, isProfileFields, newFields, profileOf, sameFields } from './profile-fields';

/** Which versions were read before the fields were edited: what is saved over another one is refused. */
interface Guard {
  ifVersion: number | null;
  baseVersion: number;
}

/** What browser storage keeps of changes that were not saved. */
interface Kept extends Guard {
  fields: ProfileFields;
  at: string;
}

/** Somebody else was faster: with another draft, by taking the draft away, or by publishing. `theirs` is what is there now. */
export interface Conflict {
  kind: 'draft' | 'published';
  theirs: PersonaProfile & { version: number };
}

/** A persona in its editor: what is there, what was changed, and the ways of saving it. Provided by the page. */
@Injectable()
export class PersonaEditing {
  private readonly api = inject(PersonasApi);
  private readonly storage = inject(BrowserStorage);
  private readonly guard = signal<Guard>({ ifVersion: null, baseVersion: 0 });
  /** What the fields are on the server, in the draft or as published. */
  private readonly saved = signal<ProfileFields>(newFields());

  /** Null while it is a new one. */
  readonly persona = signal<Persona | null>(null);
  readonly draft = signal<PersonaDraft | null>(null);
  readonly fields = signal<ProfileFields>(newFields());
  /** Id in addresses, which a new persona may be given. */
  readonly personaId = signal('');
  /** What is wrong with the fields as they were last tried to be saved. */
  readonly issues = signal<readonly FieldIssue[]>([]);
  readonly problem = signal<Problem | null>(null);
  readonly conflict = signal<Conflict | null>(null);
  /** When unsaved changes that came back were written; null where there were none. */
  readonly recovered = signal<string | null>(null);
  readonly ready = signal(false);
  readonly changed = computed(() => this.ready() && !sameFields(this.fields(), this.saved()));
  /** Whether there is something that readers do not see yet. */
  readonly unpublished = computed(() => this.changed() || this.draft() !== null || this.persona()?.status === 'draft');
  /** The version that a preview talks with. */
  readonly previewedVersion = computed(() => this.draft()?.version ?? this.persona()?.version ?? null);

  constructor() {
    effect(() => {
      if (!this.ready()) return;
      const fields = this.fields();
      if (this.changed()) this.storage.write(this.key(), { fields, ...untracked(this.guard), at: new Date().toISOString() } satisfies Kept);
      else this.storage.remove(this.key());
    });
  }

  /** Begins a new persona. */
  begin(): void {
    this.show(null, null);
    this.bringBack();
    this.ready.set(true);
  }

  /** Opens a persona with its draft. `from`: with the content of that version, as changes that are not saved. @throws Problem */
  async open(personaId: string, from?: number): Promise<void> {
    this.ready.set(false);
    const [persona, draft] = await Promise.all([this.api.persona(personaId), this.api.draft(personaId)]);
    this.show(persona, draft);
    if (from === undefined) this.bringBack();
    else this.fields.set(fieldsOf(await this.api.version(personaId, from)));
    this.ready.set(true);
  }

  change(changes: Partial<ProfileFields>): void {
    this.fields.update((fields) => ({ ...fields, ...changes }));
    if (this.issues().length > 0) this.check();
  }

  /** Gives up what was not saved. */
  revert(): void {
    const [persona, draft] = [this.persona(), this.draft()];
    this.show(persona, draft);
  }

  /** Keeps the changes as a draft. Returns whether that is done. */
  async save(): Promise<boolean> {
    const profile = this.check();
    if (!profile) return false;
    const persona = this.persona();
    return this.attempt(async () => {
      if (!persona) this.show(await this.create(profile, 'draft'), null);
      else this.show(persona, await this.api.saveDraft(persona.personaId, { ...profile, ...this.guard() }));
    });
  }

  /** Shows readers what the fields say. Returns whether that is done. */
  async publish(): Promise<boolean> {
    const profile = this.check();
    if (!profile) return false;
    return this.attempt(async () => {
      const persona = this.persona();
      if (!persona) {
        this.show(await this.create(profile, 'active'), null);
        return;
      }
      const { personaId, version } = persona;
      if (this.changed()) this.show(persona, await this.api.saveDraft(personaId, { ...profile, ...this.guard() }));
      const draft = this.draft();
      this.show(draft ? await this.api.publishDraft(personaId, draft.version) : await this.api.update(personaId, { status: 'active', ifVersion: version }), null);
    });
  }

  /** Takes the draft away, and what was not saved of it. Returns whether that is done. */
  async discard(): Promise<boolean> {
    const [persona, draft] = [this.persona(), this.draft()];
    if (!persona || !draft) return false;
    return this.attempt(async () => {
      await this.api.discardDraft(persona.personaId, draft.version);
      this.show(await this.api.persona(persona.personaId), null);
    });
  }

  /** Of two who edited, mine stays: it is saved over theirs, which stays among the versions. */
  async keepMine(): Promise<boolean> {
    const conflict = this.conflict();
    const persona = this.persona();
    if (!conflict || !persona) return false;
    const mine = this.fields();
    return this.attempt(async () => {
      // A draft that took the place of mine says nothing of what was published: that is asked when mine is.
      const baseVersion = conflict.kind === 'published' ? conflict.theirs.version : this.guard().baseVersion;
      await this.readAgain(persona.personaId);
      this.guard.set({ ifVersion: this.draft()?.version ?? null, baseVersion });
      this.fields.set(mine);
      const profile = this.check();
      if (profile) this.show(this.persona(), await this.api.saveDraft(persona.personaId, { ...profile, ...this.guard() }));
    });
  }

  /** Of two who edited, theirs stays; mine is given up. */
  async takeTheirs(): Promise<boolean> {
    const persona = this.persona();
    return persona !== null && this.attempt(() => this.readAgain(persona.personaId));
  }

  /** Takes the persona off the stage, or brings it back. What is written here stays. @throws Problem */
  async setArchived(archived: boolean): Promise<void> {
    const former = this.persona();
    if (!former) return;
    const persona = archived ? await this.api.archive(former.personaId) : await this.api.unarchive(former.personaId);
    this.persona.set(persona);
    // It says what it said: what was written over the former version is written over this one.
    this.guard.update((guard) => (guard.baseVersion === former.version ? { ...guard, baseVersion: persona.version } : guard));
  }

  private async attempt(act: () => Promise<void>): Promise<boolean> {
    this.problem.set(null);
    try {
      await act();
      this.conflict.set(null);
      return true;
    } catch (error) {
      await this.explain(asProblem(error));
      return false;
    }
  }

  /** A conflict is shown with what is there now; everything else as it is. */
  private async explain(problem: Problem): Promise<void> {
    const personaId = this.persona()?.personaId;
    const kind = conflictOf[problem.code];
    if (!kind || personaId === undefined) {
      this.problem.set(problem);
      return;
    }
    try {
      const draft = kind === 'draft' ? await this.api.draft(personaId) : null;
      this.conflict.set({ kind: draft ? 'draft' : 'published', theirs: draft ?? (await this.api.persona(personaId)) });
    } catch (error) {
      this.problem.set(asProblem(error));
    }
  }

  private async readAgain(personaId: string): Promise<void> {
    const [persona, draft] = await Promise.all([this.api.persona(personaId), this.api.draft(personaId)]);
    this.show(persona, draft);
  }

  private create(profile: PersonaProfile, status: 'draft' | 'active'): Promise<Persona> {
    const personaId = this.personaId().trim();
    // Its changes were kept as those of one without a name.
    return this.api.create({ ...profile, status, ...(personaId && { personaId }) }).then((persona) => {
      this.storage.remove(this.key());
      return persona;
    });
  }

  private show(persona: Persona | null, draft: PersonaDraft | null): void {
    this.persona.set(persona);
    this.draft.set(draft);
    this.guard.set({ ifVersion: draft?.version ?? null, baseVersion: draft?.baseVersion ?? persona?.version ?? 0 });
    const shown = draft ?? persona;
    const fields = shown ? fieldsOf(shown) : newFields();
    this.saved.set(fields);
    this.fields.set(fields);
    this.issues.set([]);
    this.recovered.set(null);
  }

  /** The profile that the fields say; null, with the issues shown, where they say none. */
  private check(): PersonaProfile | null {
    const result = profileOf(this.fields());
    this.issues.set(result.ok ? [] : result.issues);
    return result.ok ? result.profile : null;
  }

  /** What was written and not saved, before the page was closed. */
  private bringBack(): void {
    const kept = this.storage.read(this.key(), isKept);
    if (!kept || sameFields(kept.fields, this.saved())) return;
    this.fields.set(kept.fields);
    this.guard.set({ ifVersion: kept.ifVersion, baseVersion: kept.baseVersion });
    this.recovered.set(kept.at);
  }

  private key(): string {
    return `persona-edit.${untracked(this.persona)?.personaId ?? ''}`;
  }
}

const conflictOf: Partial<Record<string, Conflict['kind']>> = { persona_draft_changed: 'draft', persona_draft_not_found: 'draft', persona_changed: 'published' };

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { fields, ifVersion, baseVersion, at } = value as Record<string, unknown>;
  return isProfileFields(fields) && (ifVersion === null || typeof ifVersion === 'number') && typeof baseVersion === 'number' && typeof at === 'string';
}
