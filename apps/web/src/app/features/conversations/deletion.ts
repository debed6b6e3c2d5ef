import type { Conversation } from '@dramatis/contracts/conversation';
import type { Translate } from '../../../i18n/language';
import type { Question } from '../../shared/confirm';

/** What is asked before a conversation goes for good. */
export function deletionOf(t: Translate, { title, personaName, turnCount: count, runningTurnId }: Conversation): Question {
  const what = title ? t('conversations.titled', { title, personaName, count }) : t('conversations.untitled', { personaName, count });
  return {
    heading: t('conversations.deleteThisConversation'),
    message: runningTurnId ? `${what} ${t('conversations.theReplyThatIsBeingWrittenStops')}` : what,
    action: t('conversations.delete'),
    otherwise: t('conversations.keepIt'),
  };
}
