import type { TurnActivities } from '@dramatis/activities/turn/turn-activities';
import { proxyActivities } from '@temporalio/workflow';
import type { ConversationTurnInput } from './conversation-turn.js';

const { loadTurn, judgeReply } = proxyActivities<Pick<TurnActivities, 'loadTurn' | 'judgeReply'>>({ startToCloseTimeout: '1 minute' });

/** The turn as somebody might change it without thought of the turns that are running: other steps, under the same name. */
export async function conversationTurn({ turnId }: ConversationTurnInput): Promise<{ status: string }> {
  await loadTurn({ turnId });
  await judgeReply({ turnId, draftKey: 'draft' });
  return { status: 'completed' };
}
