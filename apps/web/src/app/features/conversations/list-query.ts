import type { ConversationSort } from '@dramatis/contracts/conversation';
import type { Translate } from '../../../i18n/language';
import type { ConversationsWanted } from '../../core/api-client';

/** What the list's address says to show. */
export interface ListQuery {
  search: string;
  personaId: string;
  archived: boolean;
  sort: ConversationSort;
}

/** Longest search that the API takes, in characters. */
export const maxSearchCharacters = 200;
const sorts: readonly string[] = ['created', 'title'] satisfies ConversationSort[];

/** The query of an address as it was typed or followed: what nobody knows is taken as if it were not there. */
export function listQuery(given: { search?: string; persona?: string; show?: string; sort?: string }): ListQuery {
  return {
    search: (given.search ?? '').trim().replace(/\s+/g, ' ').slice(0, maxSearchCharacters).trimEnd(),
    personaId: /^[a-z0-9-]{1,64}$/.test(given.persona ?? '') ? given.persona! : '',
    archived: given.show === 'archived',
    sort: sorts.includes(given.sort ?? '') ? (given.sort as ConversationSort) : 'recent',
  };
}

/** Parameters for the address; null takes one out. */
export function queryParams({ search, personaId, archived, sort }: ListQuery): Record<string, string | null> {
  return { search: search || null, persona: personaId || null, show: archived ? 'archived' : null, sort: sort === 'recent' ? null : sort };
}

export function wanted({ search, personaId, archived, sort }: ListQuery): ConversationsWanted {
  return { ...(search && { search }), ...(personaId && { personaId }), ...(archived && { archived }), ...(sort !== 'recent' && { sort }) };
}

/** Whether some conversations are left out for what was asked for. */
export function isNarrowed({ search, personaId }: ListQuery): boolean {
  return search !== '' || personaId !== '';
}

/** "3 conversations", "No conversation for “engine”". */
export function countInWords(t: Translate, total: number, { search, archived }: ListQuery): string {
  const count = t(archived ? 'conversations.countArchived' : 'conversations.count', { total });
  // Quotation marks stand around it: those in it are single ones.
  return search ? t('conversations.countFor', { count, search: search.replace(/["„“”«»]/g, "'") }) : count;
}
