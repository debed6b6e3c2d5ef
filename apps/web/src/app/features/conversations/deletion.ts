import type { Conversation } from '@dramatis/contracts/conversation';
import type { Question } from '../../shared/confirm';

/** What is asked before a conversation goes for good. */
export function deletionOf({ title, personaName, turnCount, runningTurnId }: Conversation): Question {
  const which = title ? `“${title}”, with ${personaName},` : `The conversation with ${personaName}`;
  const reply = runningTurnId ? ' The reply that is being written stops.' : '';
  return {
    heading: 'Delete this conversation?',
    message: `${which} will be gone for good${exchangesInWords(turnCount)}.${reply}`,
    action: 'Delete',
    otherwise: 'Keep it',
  };
}

function exchangesInWords(turnCount: number): string {
  if (turnCount === 0) return '';
  return turnCount === 1 ? ', with its one exchange' : `, with all ${turnCount} exchanges`;
}
