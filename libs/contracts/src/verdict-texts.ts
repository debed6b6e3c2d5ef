import type { Violation } from './turn.js';
import { inWords, type ParamsOf, type SentenceParams } from './sentence.js';
import type { Wording } from './wording.js';

/**
 * What the rules of modes and formats find in a reply, and what was mended in it, in English: a language model is told what to change in
 * these words. Findings are under their rules, with a name of their own where a rule finds several things. The pages say them to readers,
 * under the same keys.
 */
export const verdictTexts = {
  empty: 'The reply is empty.',
  'bullet_points.too_few_items': 'Write at least two items, each on a line of its own that begins with "- ".',
  'bullet_points.long_item': 'Item {item} has {words} words; keep an item under {most}.',
  'bullet_points.text_between_items': 'Keep all items together, with no text between them.',
  'essay.no_title': 'Begin with a title on a line of its own: "# Title".',
  'essay.too_short': 'Write at least two paragraphs, separated by blank lines.',
  'essay.list': 'Write prose instead of a list.',
  'essay.empty_section': 'The section "{heading}" has no text.',
  'socratic_dialogue.too_short': 'Write at least three speeches that alternate between "**{persona}:**" and "**Interlocutor:**".',
  'socratic_dialogue.unknown_speaker': '"{speaker}" is not a speaker; only {persona} and Interlocutor speak.',
  'socratic_dialogue.same_speaker_twice': '{speaker} speaks twice in a row.',
  'socratic_dialogue.no_open_question': 'End with a speech of {persona} whose last sentence is an open question.',
  'qa.too_few_pairs': 'Write at least two pairs, each "**Q:** question" and on the next line "**A:** answer".',
  'qa.no_question': 'Text without a question.',
  'qa.no_question.first': 'Text before the first question.',
  'qa.not_a_question': 'Question {question} does not end with a question mark.',
  'qa.no_answer': 'Question {question} has no answer.',

  'interviewer.asks': 'You are interviewing: end the reply with a question to the other person.',
  'audience.brief': 'You are listening: react in a few sentences instead of giving a speech.',
  'audience.responds': 'You are listening: respond to what the other person said, or ask about it.',
  'educator.steps_or_example': 'You are teaching: give the steps in their order, or an example.',
  'lecturer.develops': 'You are lecturing: develop the matter in at least three parts, in a clear order.',
  'debater.position': 'You are debating: take a position of your own and say so.',
  'debater.objection': 'You are debating: state the strongest objection to your position, and meet it.',

  'custom.no_json': 'Reply with one JSON object that follows the schema, and with nothing else.',
  'custom.schema': 'The reply breaks the schema: {problem}.',
  'custom.schema.at': '"{path}" breaks the schema: {problem}.',
  'custom.title': 'Begin with a title on a line of its own: "# Title".',
  'custom.ends_with_question': 'End with a question to the other person.',
  'custom.asks': 'Ask the other person a question.',
  'custom.asks_nothing': 'Ask nothing: turn each question into a statement.',
  'custom.min_items': 'There are {count} {parts}; write at least {least}.',
  'custom.max_items': 'There are {count} {parts}; write at most {most}.',
  'custom.min_paragraphs': 'There are {count} paragraphs; write at least {least}.',
  'custom.max_paragraphs': 'There are {count} paragraphs; write at most {most}.',
  'custom.min_words': 'There are {count} words; write at least {least}.',
  'custom.max_words': 'There are {count} words; write at most {most}.',
  'custom.min_parts': 'Develop the reply in at least {least} parts.',
  'custom.long_item': 'The {part} {number} has {words} words; keep it within {most}.',
  'custom.headings': 'Write a section under the heading "## {heading}".',
  'custom.headings.out_of_order': 'The section "{heading}" stands out of order.',
  'custom.steps_or_example': 'Give the steps in their order, or an example.',
  'custom.position': 'Take a position of your own and say so.',
  'custom.objection': 'State the strongest objection to your position, and meet it.',
  'custom.to_reader': 'Speak to the other person directly, of themselves or of yourself, or ask them something.',
  'custom.mentions': 'Use at least one of these: {phrases}.',
  'custom.avoids': 'Do not say "{phrase}".',

  'repair.fence': 'took the reply out of a code fence',
  'repair.citations': 'wrote combined citation marks singly',
  'repair.marks': 'wrote the marks of the format as they should be',
  'repair.items': 'made each paragraph an item of the list',
  'repair.prose': 'wrote a list as prose',
  'repair.empty_heading': 'removed a heading without text',
  'repair.interlocutor': 'called "{speaker}" the Interlocutor',
  'repair.joined_speeches': 'joined two speeches of the same speaker',
  'repair.last_speech': 'removed the Interlocutor’s last speech, so that the dialogue ends with the open question',
  'repair.before_first_question': 'removed text before the first question',
  'repair.unanswered_question': 'removed a last question without an answer',
  'repair.question_mark': 'ended a question with a question mark',

  'note.passages': '{count} passages',
  'note.violations': '{count} violations',
  'note.no_search': 'search is out of reach',
  'note.composed': 'about {tokens} tokens',
  'note.shortened': 'about {tokens} tokens, {exchanges} earlier exchanges and {passages} passages left out',
} as const;

export type VerdictKey = keyof typeof verdictTexts;

type Arguments<Key extends VerdictKey> = ParamsOf<(typeof verdictTexts)[Key]> extends Record<string, never> ? [] : [params: ParamsOf<(typeof verdictTexts)[Key]>];

/** What is said of a reply in English, and the same for other languages. */
export function verdictSentence<Key extends VerdictKey>(key: Key, ...given: Arguments<Key>): { message: string; wording: Wording } {
  const params: SentenceParams = given[0] ?? {};
  return { message: inWords(verdictTexts[key], params), wording: { key: `verdicts.${key}`, params } };
}

/** What a rule found: its name is the first two parts of the key. `path` names the place, for example `items.2`. */
export function violation<Key extends VerdictKey>(key: Key, params: ParamsOf<(typeof verdictTexts)[Key]>, path?: string): Violation {
  const given = Object.keys(params).length === 0 ? [] : [params];
  return { rule: key.split('.').slice(0, 2).join('.'), ...verdictSentence(key, ...(given as Arguments<Key>)), ...(path === undefined ? {} : { path }) };
}
