import { isKeyword, tokenizeWords } from '@dramatis/text/keywords';

/** Longer messages are cut: what they are about is said by then, and each further word makes the search slower. */
const maxQueryCharacters = 2_000;
const continuation = /^(?:and|but|so|then|why|how so|how come|because|or|also|go on|what else|what about|such as|for example|like what|really)\b/i;
const reference = /\b(?:it|its|that|this|these|those|they|them|their|he|him|his|she|her|hers|there|then|one|ones|else|more|further|latter|former|same)\b/i;
/** A message with more words than this that carry meaning stands on its own. */
const maxFollowUpKeywords = 2;

/**
 * What to search for: the message, and before it the one it follows, when it means little alone. "And why?" is nothing to search
 * for; after "What did you think of the engine?" it is.
 */
export function searchQuery(message: string, history: readonly { userText: string }[]): string {
  const previous = history.at(-1)?.userText;
  const query = previous !== undefined && isFollowUp(message) ? `${previous}\n${message}` : message;
  return query.slice(0, maxQueryCharacters);
}

function isFollowUp(message: string): boolean {
  const count = tokenizeWords(message.slice(0, maxQueryCharacters)).filter((word) => isKeyword(word.folded)).length;
  if (count === 0) return true;
  return count <= maxFollowUpKeywords && (continuation.test(message.trim()) || reference.test(message));
}
