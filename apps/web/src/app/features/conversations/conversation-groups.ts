import type { Conversation } from '@dramatis/contracts/conversation';
import type { Translate } from '../../../i18n/language';
import { dateFormat } from '../../shared/formats';
import { dayKey } from '../../shared/relative-time';

export interface ConversationGroup<T extends Conversation = Conversation> {
  /** "Pinned", "Today", "Yesterday", "Last seven days", "October", "October 2025". */
  name: string;
  conversations: T[];
}

const dayMs = 86_400_000;

/**
 * Conversations under the time they were last spoken in, or begun, in the order given; pinned ones under a heading of their own.
 * @param now milliseconds since the epoch
 */
export function groupByTime<T extends Conversation>(t: Translate, conversations: readonly T[], now: number, by: 'updatedAt' | 'createdAt' = 'updatedAt'): ConversationGroup<T>[] {
  return grouped(t, conversations, (conversation) => groupName(t, conversation[by], now));
}

/** The same under one heading. */
export function groupTogether<T extends Conversation>(t: Translate, conversations: readonly T[], name: string): ConversationGroup<T>[] {
  return grouped(t, conversations, () => name);
}

function grouped<T extends Conversation>(t: Translate, conversations: readonly T[], nameOf: (conversation: T) => string): ConversationGroup<T>[] {
  const groups: ConversationGroup<T>[] = [];
  for (const conversation of conversations) {
    const name = conversation.pinned ? t('conversations.pinned') : nameOf(conversation);
    const last = groups.at(-1);
    if (last?.name === name) last.conversations.push(conversation);
    else groups.push({ name, conversations: [conversation] });
  }
  return groups;
}

function groupName(t: Translate, iso: string, now: number): string {
  const at = new Date(iso);
  const today = new Date(now);
  // A server whose clock is ahead must not make a heading of its own.
  if (at.getTime() >= now || dayKey(iso) === dayKey(today.toISOString())) return t('app.today');
  if (dayKey(iso) === dayKey(new Date(now - dayMs).toISOString())) return t('app.yesterday');
  if (at.getTime() > now - 7 * dayMs) return t('conversations.lastSevenDays');
  const year = at.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(t.locale, { month: 'long', ...year }).format(at);
}
