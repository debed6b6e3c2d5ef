import type { Conversation } from '@dramatis/contracts/conversation';
import { dayKey } from '../../shared/relative-time';

export interface ConversationGroup<T extends Conversation = Conversation> {
  /** "Pinned", "Today", "Yesterday", "Last seven days", "October", "October 2025". */
  name: string;
  conversations: T[];
}

const dayMs = 86_400_000;
const month = new Intl.DateTimeFormat('en-GB', { month: 'long' });
const monthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

/**
 * Conversations under the time they were last spoken in, or begun, in the order given; pinned ones under a heading of their own.
 * @param now milliseconds since the epoch
 */
export function groupByTime<T extends Conversation>(conversations: readonly T[], now: number, by: 'updatedAt' | 'createdAt' = 'updatedAt'): ConversationGroup<T>[] {
  return grouped(conversations, (conversation) => groupName(conversation[by], now));
}

/** The same under one heading. */
export function groupTogether<T extends Conversation>(conversations: readonly T[], name: string): ConversationGroup<T>[] {
  return grouped(conversations, () => name);
}

function grouped<T extends Conversation>(conversations: readonly T[], nameOf: (conversation: T) => string): ConversationGroup<T>[] {
  const groups: ConversationGroup<T>[] = [];
  for (const conversation of conversations) {
    const name = conversation.pinned ? 'Pinned' : nameOf(conversation);
    const last = groups.at(-1);
    if (last?.name === name) last.conversations.push(conversation);
    else groups.push({ name, conversations: [conversation] });
  }
  return groups;
}

function groupName(iso: string, now: number): string {
  const at = new Date(iso);
  const today = new Date(now);
  // A server whose clock is ahead must not make a heading of its own.
  if (at.getTime() >= now || dayKey(iso) === dayKey(today.toISOString())) return 'Today';
  if (dayKey(iso) === dayKey(new Date(now - dayMs).toISOString())) return 'Yesterday';
  if (at.getTime() > now - 7 * dayMs) return 'Last seven days';
  return (at.getFullYear() === today.getFullYear() ? month : monthAndYear).format(at);
}
