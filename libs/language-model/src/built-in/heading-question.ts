const clause = /^(?:what|how|why|where|when|who|whether|which)\b/i;
const preposition = /^(?:against|on|of|about|concerning|upon)\s+/i;
const openPronoun = /\b(?:them|it|they|this|that|these|those|him|her)\b/i;
const objections = /\b(?:objections?|difficult(?:y|ies)|criticisms?|critics|doubts?|replies)\b/i;
const example = /^(?:an? |some )?(?:\w+ )?(?:examples?|instances?)\b/i;
const misconceptions = /\b(?:misconceptions|mistakes|misunderstandings|did not (?:claim|say|know))\b/i;
const answer = /^(?:my |the )?(?:answers?|opinions?|views?|reasons?|position)$/i;
const conclusion = /^(?:conclusions?|summary|what follows|an? conclusion)\b/i;

/** How to ask for the matter of a heading or a topic; `{}` is replaced. */
const askings = ['What can you tell me of {}?', 'What should I know of {}?', 'What have you to say of {}?', 'And what of {}?'];

/**
 * A question, put to the persona, that a section with this heading answers; null when the heading does not say enough.
 * Headings written in the first person are turned round: "How I arrived at it" is asked as "how you arrived at it".
 */
export function questionForHeading(heading: string, variant: number, isName: (word: string) => boolean): string | null {
  const text = heading.replace(/\s+/g, ' ').replace(/^[\d.)\s]+/, '').trim();
  if (text === '' || text.length > 90) return null;
  if (text.endsWith('?')) return openPronoun.test(text) ? null : turnedRound(text);
  if (misconceptions.test(text)) return 'What do people commonly mistake here?';
  if (objections.test(text)) return 'What is said against it, and what do you answer?';
  if (example.test(text)) return 'Can you give me an example?';
  if (answer.test(text)) return 'And what are your reasons?';
  if (conclusion.test(text)) return 'What do you conclude?';
  if (openPronoun.test(text)) return null;
  if (/^why\b/i.test(text) && !/\b(?:I|we|he|she|you|is|are|was|were|must|should|can|has|have|had|\p{L}+ed|made|wrote|went|came|gave|took|left|matters?|means?|deserves?)\b/iu.test(text)) {
    return `${turnedRound(text)}?`;
  }
  if (clause.test(text)) return `Can you tell me ${turnedRound(lowerFirst(text))}?`;
  if (preposition.test(text)) return `What have you to say ${turnedRound(lowerFirst(text))}?`;
  return questionForTopic(turnedRound(asTopic(text, isName)), variant);
}

/** A question about a noun phrase. */
export function questionForTopic(topic: string, variant: number): string {
  return askings[variant % askings.length]!.replace('{}', topic);
}

/** A heading as it would stand within a sentence: without a capital that only the heading gave it. */
export function asTopic(heading: string, isName: (word: string) => boolean): string {
  const [first = '', second = ''] = heading.split(/\s/);
  const isTitleCase = /^\p{Lu}/u.test(second) && !/^(?:the|an?|my|our|his|her|their)$/i.test(first);
  return isName(first) || isTitleCase || /^(?:I|[\p{Lu}.]{2,})$/u.test(first) ? heading : lowerFirst(heading);
}

const turns: Record<string, string> = { i: 'you', me: 'you', my: 'your', mine: 'yours', myself: 'yourself', we: 'you', us: 'you', our: 'your', ours: 'yours' };

/** The first person as the other side would say it. */
function turnedRound(text: string): string {
  return text
    .replace(/\bI (?:am|was)\b/g, (be) => (be.endsWith('am') ? 'you are' : 'you were'))
    .replace(/\b(?:am|was) I\b/gi, (be) => {
      const turned = /^a/i.test(be) ? 'are you' : 'were you';
      return /^[A-Z]/.test(be) ? turned[0]!.toUpperCase() + turned.slice(1) : turned;
    })
    .replace(/\b(?:I|me|my|mine|myself|we|us|our|ours)\b/gi, (word, offset: number) => {
      const turned = turns[word.toLowerCase()]!;
      return /^[A-Z]/.test(word) && word !== 'I' && offset === 0 ? turned[0]!.toUpperCase() + turned.slice(1) : turned;
    });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
