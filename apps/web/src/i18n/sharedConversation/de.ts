import type { Translation } from '../scopes';
import type english from './en';

export default {
  thisLinkShowsNothingAnyMore: 'Dieser Link zeigt nichts mehr',
  whoeverSharedItHasTakenItBack: 'Wer ihn geteilt hat, hat ihn zurückgenommen, oder er kam unvollständig bei Ihnen an.',
  theConversationCannotBeShown: 'Das Gespräch kann nicht gezeigt werden',
  aConversationWith: 'Ein Gespräch mit {personaName}',
  aConversationWithAsItWasOn: 'Ein Gespräch mit {personaName}, Stand: {sharedAt}',
  reader: 'Leser',
  askedToAnswer: 'Gebeten zu antworten',
  isAnAiPersonaThatAnswersFrom: '{personaName} ist eine KI-Persona, die aus einer Bibliothek von Quellen antwortet. Ihre Antworten können falsch sein.',
  askYourself: '{personaName} selbst fragen',
  fetchingTheConversation: 'Das Gespräch wird geladen',
  sources: '{count, plural, one {# Quelle} other {# Quellen}}',
} satisfies Translation<typeof english>;
