import type { ResponseFormat } from '@dramatis/contracts/format';
import type {
  BulletPointsReply,
  EssayReply,
  QaReply,
  ReplyDocument,
  SocraticDialogueReply,
} from '@dramatis/contracts/reply-document';
import type { Violation } from '@dramatis/contracts/turn';
import { withoutCitations } from './citations.js';
import { endsWithQuestion, interlocutor, listItem } from './grammar.js';
import { parseReply } from './parser.js';

export interface FormatContext {
  personaName: string;
}

/** Most words in a bullet: beyond that it is a paragraph. */
const maxItemWords = 90;

/** What in the text breaks the format's contract; empty when nothing does. Messages tell a model what to change. */
export function validateFormat(format: ResponseFormat, text: string, context: FormatContext): Violation[] {
  if (withoutCitations(text).trim() === '') return [{ rule: 'empty', message: 'The reply is empty.' }];
  const document = parseReply(format, text, context.personaName, { finished: true });
  return [...violationsOf(document, context), ...looseText(format, text)];
}

function violationsOf(document: ReplyDocument, context: FormatContext): Violation[] {
  switch (document.format) {
    case 'bullet_points':
      return bulletPointViolations(document);
    case 'essay':
      return essayViolations(document);
    case 'socratic_dialogue':
      return dialogueViolations(document, context);
    case 'qa':
      return qaViolations(document);
    case 'free':
      return [];
  }
}

function bulletPointViolations({ items }: BulletPointsReply): Violation[] {
  const violations: Violation[] = [];
  if (items.length < 2) {
    violations.push({
      rule: 'bullet_points.too_few_items',
      message: 'Write at least two items, each on a line of its own that begins with "- ".',
    });
  }
  items.forEach((item, index) => {
    const words = item.split(/\s+/).length;
    if (words <= maxItemWords) return;
    violations.push({
      rule: 'bullet_points.long_item',
      message: `Item ${index + 1} has ${words} words; keep an item under ${maxItemWords}.`,
      path: `items.${index}`,
    });
  });
  return violations;
}

function essayViolations({ title, sections }: EssayReply): Violation[] {
  const violations: Violation[] = [];
  const paragraphs = sections.flatMap((section) => section.paragraphs);
  if (!title) violations.push({ rule: 'essay.no_title', message: 'Begin with a title on a line of its own: "# Title".', path: 'title' });
  if (paragraphs.length < 2) {
    violations.push({ rule: 'essay.too_short', message: 'Write at least two paragraphs, separated by blank lines.' });
  }
  paragraphs.forEach((paragraph, index) => {
    if (!paragraph.split('\n').some((line) => listItem(line) !== null)) return;
    violations.push({ rule: 'essay.list', message: 'Write prose instead of a list.', path: `paragraphs.${index}` });
  });
  sections.forEach(({ heading, paragraphs: own }, index) => {
    if (heading === null || own.length > 0) return;
    violations.push({ rule: 'essay.empty_section', message: `The section "${heading}" has no text.`, path: `sections.${index}` });
  });
  return violations;
}

function dialogueViolations({ lines }: SocraticDialogueReply, { personaName }: FormatContext): Violation[] {
  const violations: Violation[] = [];
  if (lines.length < 3 || !lines.some((line) => line.isPersona) || lines.every((line) => line.isPersona)) {
    violations.push({
      rule: 'socratic_dialogue.too_short',
      message: `Write at least three speeches that alternate between "**${personaName}:**" and "**Interlocutor:**".`,
    });
  }
  lines.forEach((line, index) => {
    if (!line.isPersona && line.speaker !== interlocutor) {
      violations.push({
        rule: 'socratic_dialogue.unknown_speaker',
        message: `"${line.speaker}" is not a speaker; only ${personaName} and Interlocutor speak.`,
        path: `lines.${index}`,
      });
    }
    if (index > 0 && lines[index - 1]!.isPersona === line.isPersona) {
      violations.push({
        rule: 'socratic_dialogue.same_speaker_twice',
        message: `${line.speaker} speaks twice in a row.`,
        path: `lines.${index}`,
      });
    }
  });
  const last = lines.at(-1);
  if (last && !(last.isPersona && endsWithQuestion(last.text))) {
    violations.push({
      rule: 'socratic_dialogue.no_open_question',
      message: `End with a speech of ${personaName} whose last sentence is an open question.`,
      path: `lines.${lines.length - 1}`,
    });
  }
  return violations;
}

function qaViolations({ pairs }: QaReply): Violation[] {
  const violations: Violation[] = [];
  if (pairs.length < 2) {
    violations.push({
      rule: 'qa.too_few_pairs',
      message: 'Write at least two pairs, each "**Q:** question" and on the next line "**A:** answer".',
    });
  }
  pairs.forEach(({ question, answer }, index) => {
    const path = `pairs.${index}`;
    if (question === '') {
      violations.push({ rule: 'qa.no_question', message: `Text ${index === 0 ? 'before the first question' : 'without a question'}.`, path });
    } else if (!endsWithQuestion(question)) {
      violations.push({ rule: 'qa.not_a_question', message: `Question ${index + 1} does not end with a question mark.`, path });
    }
    if (answer === '') violations.push({ rule: 'qa.no_answer', message: `Question ${index + 1} has no answer.`, path });
  });
  return violations;
}

/** Text between the items of a list, which the parsed document no longer tells apart from a closing. */
function looseText(format: ResponseFormat, text: string): Violation[] {
  if (format !== 'bullet_points') return [];
  const kinds = text.split(/\n\s*\n|\n(?=\s*(?:[-*+•‣–]|\d{1,2}[.)])\s)/).filter((block) => block.trim() !== '');
  const isItem = kinds.map((block) => listItem(block.split('\n')[0]!) !== null);
  const first = isItem.indexOf(true);
  const last = isItem.lastIndexOf(true);
  const between = isItem.slice(first, last).filter((item) => !item).length;
  if (first < 0 || between === 0) return [];
  return [{ rule: 'bullet_points.text_between_items', message: 'Keep all items together, with no text between them.' }];
}

