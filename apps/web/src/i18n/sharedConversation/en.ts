/** A conversation that somebody shared. */
export default {
  thisLinkShowsNothingAnyMore: 'This link shows nothing any more',
  whoeverSharedItHasTakenItBack: 'Whoever shared it has taken it back, or it was cut on its way to you.',
  theConversationCannotBeShown: 'The conversation cannot be shown',
  aConversationWith: 'A conversation with {personaName}',
  aConversationWithAsItWasOn: 'A conversation with {personaName}, as it was on {sharedAt}',
  reader: 'Reader',
  askedToAnswer: 'Asked to answer',
  isAnAiPersonaThatAnswersFrom: '{personaName} is an AI persona that answers from a library of sources. Its replies may be wrong.',
  askYourself: 'Ask {personaName} yourself',
  fetchingTheConversation: 'Fetching the conversation',
  sources: '{count, plural, one {# source} other {# sources}}',
};
