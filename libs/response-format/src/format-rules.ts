import type { ResponseFormat } from '@dramatis/contracts/format';
import type {
  BulletPointsReply,
  EssayReply,
  QaReply,
  ReplyDocument,
  SocraticDialogueReply,
} from '@dramatis/contracts/reply-document';
import type { Violation } from '@dramatis/contracts/turn';
import { violation } from '@dramatis/contracts/verdict-texts';
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
  if (withoutCitations(text).trim() === '') return [violation('empty', {})];
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
    violations.push(violation('bullet_points.too_few_items', {}));
  }
  items.forEach((item, index) => {
    const words = item.split(/\s+/).length;
    if (words <= maxItemWords) return;
    violations.push(violation('bullet_points.long_item', { item: index + 1, words, most: maxItemWords }, `items.${index}`));
  });
  return violations;
}

function essayViolations({ title, sections }: EssayReply): Violation[] {
  const violations: Violation[] = [];
  const paragraphs = sections.flatMap((section) => section.paragraphs);
  if (!title) violations.push(violation('essay.no_title', {}, 'title'));
  if (paragraphs.length < 2) {
    violations.push(violation('essay.too_short', {}));
  }
  paragraphs.forEach((paragraph, index) => {
    if (!paragraph.split('\n').some((line) => listItem(line) !== null)) return;
    violations.push(violation('essay.list', {}, `paragraphs.${index}`));
  });
  sections.forEach(({ heading, paragraphs: own }, index) => {
    if (heading === null || own.length > 0) return;
    violations.push(violation('essay.empty_section', { heading }, `sections.${index}`));
  });
  return violations;
}

function dialogueViolations({ lines }: SocraticDialogueReply, { personaName }: FormatContext): Violation[] {
  const violations: Violation[] = [];
  if (lines.length < 3 || !lines.some((line) => line.isPersona) || lines.every((line) => line.isPersona)) {
    violations.push(violation('socratic_dialogue.too_short', { persona: personaName }));
  }
  lines.forEach((line, index) => {
    if (!line.isPersona && line.speaker !== interlocutor) {
      violations.push(violation('socratic_dialogue.unknown_speaker', { speaker: line.speaker, persona: personaName }, `lines.${index}`));
    }
    if (index > 0 && lines[index - 1]!.isPersona === line.isPersona) {
      violations.push(violation('socratic_dialogue.same_speaker_twice', { speaker: line.speaker }, `lines.${index}`));
    }
  });
  const last = lines.at(-1);
  if (last && !(last.isPersona && endsWithQuestion(last.text))) {
    violations.push(violation('socratic_dialogue.no_open_question', { persona: personaName }, `lines.${lines.length - 1}`));
  }
  return violations;
}

function qaViolations({ pairs }: QaReply): Violation[] {
  const violations: Violation[] = [];
  if (pairs.length < 2) {
    violations.push(violation('qa.too_few_pairs', {}));
  }
  pairs.forEach(({ question, answer }, index) => {
    const path = `pairs.${index}`;
    if (question === '') {
      violations.push(violation(index === 0 ? 'qa.no_question.first' : 'qa.no_question', {}, path));
    } else if (!endsWithQuestion(question)) {
      violations.push(violation('qa.not_a_question', { question: index + 1 }, path));
    }
    if (answer === '') violations.push(violation('qa.no_answer', { question: index + 1 }, path));
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
  return [violation('bullet_points.text_between_items', {})];
}
