import { DomainError } from '@dramatis/contracts/errors';
import type { PersonaProfile, UpdatePersona } from '@dramatis/contracts/persona';
import type { SavePersonaDraft } from '@dramatis/contracts/persona-draft';
import { profileKeys, profileOf } from './persona-mapping.js';
import type { PersonaAuthorRecord, PersonaDraftRecord, PersonaRecord } from './persona-model.js';

/** What one write does to a head. Drafts and published versions take their numbers from one line. */
export interface HeadChange {
  $set: Partial<PersonaRecord>;
  $unset?: Record<string, ''>;
}

const newestVersionOf = ({ version, newestVersion = version }: PersonaRecord): number => newestVersion;

/** Some fields are said anew, in a version that is published at once. A draft stays, behind it. @throws DomainError persona_changed */
export function patched(head: PersonaRecord, { ifVersion, ...changes }: UpdatePersona, by: PersonaAuthorRecord): HeadChange {
  if (ifVersion !== undefined) requireVersion(head, ifVersion);
  const version = newestVersionOf(head) + 1;
  const { draft } = head;
  // Where it says what it said, as when it is archived, a draft of it is one of the new version too.
  const saysTheSame = Object.keys(changes).every((key) => key === 'status');
  const rebased = saysTheSame && draft?.baseVersion === head.version ? { draft: { ...draft, baseVersion: version } } : {};
  return published(head, { ...changes, ...rebased }, by, version);
}

/** An earlier version's whole profile, in a version that is published at once. @throws DomainError persona_changed */
export function restored(
  head: PersonaRecord,
  { profile, version, ifVersion }: { profile: PersonaProfile; version: number; ifVersion: number | undefined },
  by: PersonaAuthorRecord,
): HeadChange {
  if (ifVersion !== undefined) requireVersion(head, ifVersion);
  const change = published(head, profileOf(profile), by, newestVersionOf(head) + 1);
  const { restoredFrom: _, ...unset } = { ...change.$unset, ...absentFrom(profile) };
  return { $set: { ...change.$set, restoredFrom: version }, $unset: unset };
}

/** A draft is saved, over the one that was edited. @throws DomainError persona_draft_changed, invalid_request */
export function draftSaved(head: PersonaRecord, { ifVersion, baseVersion, ...profile }: SavePersonaDraft, by: PersonaAuthorRecord): HeadChange {
  if ((head.draft?.version ?? null) !== ifVersion) throw draftChanged();
  if (baseVersion > head.version) throw new DomainError('invalid_request.version_never_published', { version: baseVersion });
  const version = newestVersionOf(head) + 1;
  return { $set: { draft: { version, baseVersion, profile: profileOf(profile), savedAt: new Date(), savedBy: by }, newestVersion: version } };
}

/** The draft takes the place of what readers see. @throws DomainError persona_draft_not_found, persona_draft_changed, persona_changed */
export function draftPublished(head: PersonaRecord, ifVersion: number): HeadChange {
  const { version, baseVersion, profile, savedBy } = requireDraft(head, ifVersion);
  requireVersion(head, baseVersion);
  const status = head.status === 'archived' ? 'archived' : 'active';
  const change = published(head, { ...profileOf(profile), status }, savedBy, version);
  return { $set: change.$set, $unset: { ...change.$unset, ...absentFrom(profile), draft: '' } };
}

/** @throws DomainError persona_draft_not_found, persona_draft_changed */
export function draftDiscarded(head: PersonaRecord, ifVersion: number): HeadChange {
  requireDraft(head, ifVersion);
  return { $set: {}, $unset: { draft: '' } };
}

function published(head: PersonaRecord, changes: Partial<PersonaRecord>, savedBy: PersonaAuthorRecord, version: number): HeadChange {
  const newestVersion = Math.max(newestVersionOf(head), version);
  return { $set: { ...changes, version, newestVersion, savedBy, lastModifiedDate: new Date() }, $unset: { restoredFrom: '' } };
}

/** What a profile does not say is taken away where a former one said it. */
function absentFrom(profile: PersonaProfile): Record<string, ''> {
  return Object.fromEntries(profileKeys.filter((key) => profile[key] === undefined).map((key) => [key, '']));
}

function requireVersion({ version }: PersonaRecord, expected: number): void {
  if (version !== expected) throw personaChanged();
}

function requireDraft({ _id, draft }: PersonaRecord, ifVersion: number): PersonaDraftRecord {
  if (!draft) throw draftNotFound(_id);
  if (draft.version !== ifVersion) throw draftChanged();
  return draft;
}

function draftNotFound(personaId: string): DomainError {
  return new DomainError('persona_draft_not_found', { personaId });
}

export function personaChanged(): DomainError {
  return new DomainError('persona_changed');
}

function draftChanged(): DomainError {
  return new DomainError('persona_draft_changed');
}
