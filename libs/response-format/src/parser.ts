import type { ResponseFormat } from '@dramatis/contracts/format';
import type {
  BulletPointsReply,
  EssayReply,
  QaReply,
  ReplyDocument,
  SocraticDialogueReply,
} from '@dramatis/contracts/reply-document';
import { boldLine, heading, interlocutor, isPersonaName, isRule, listItem, questionOrAnswer, speech } from './grammar.js';
import { withoutHalfTypedMarks } from './unfinished.js';

export interface ParseOptions {
  /** Whether the text is whole. Default false: half-typed marks at its end are hidden. */
  finished?: boolean;
}

/**
 * What a reply's text is made of, in the grammar of its format. Total: any text gives a document, none throws. On a
 * growing text it is monotone: every item, line, pair or paragraph but the last stays as it is.
 */
export function parseReply(
  format: ResponseFormat,
  text: string,
  personaName: string,
  options: ParseOptions = {},
): ReplyDocument {
  const unix = text.replace(/\r\n?/g, '\n');
  const shown = options.finished ? unix : withoutHalfTypedMarks(unix, { labels: format === 'socratic_dialogue' || format === 'qa' });
  const lines = shown.split('\n');
  switch (format) {
    case 'bullet_points':
      return parseBulletPoints(lines);
    case 'essay':
      return parseEssay(lines);
    case 'socratic_dialogue':
      return parseSocraticDialogue(lines, personaName, options.finished ?? false);
    case 'qa':
      return parseQa(lines);
    case 'free':
      return { format, markdown: shown.trim() };
  }
}

function parseBulletPoints(lines: string[]): BulletPointsReply {
  const lead: string[] = [];
  const items: string[] = [];
  const closing: string[] = [];
  let itemIsOpen = false;
  for (const line of lines) {
    const item = listItem(line);
    if (item !== null) {
      if (item === '') continue;
      items.push(item);
      itemIsOpen = true;
    } else if (isRule(line)) {
      itemIsOpen = false;
    } else if (items.length === 0) {
      lead.push(heading(line)?.text ?? line);
    } else if (line.trim() === '') {
      itemIsOpen = false;
      closing.push('');
    } else if (itemIsOpen) {
      items[items.length - 1] += ` ${line.trim()}`;
    } else {
      closing.push(heading(line)?.text ?? line);
    }
  }
  return { format: 'bullet_points', lead: joinParagraphs(lead), items, closing: joinParagraphs(closing) };
}

function parseEssay(lines: string[]): EssayReply {
  let title: string | null = null;
  const sections: EssayReply['sections'] = [];
  let paragraph: string[] = [];
  const open = () => sections.at(-1) ?? sections[sections.push({ heading: null, paragraphs: [] }) - 1]!;
  const closeParagraph = () => {
    const text = joinLines(paragraph);
    if (text) open().paragraphs.push(text);
    paragraph = [];
  };
  for (const line of lines) {
    const mark = heading(line);
    const isFirst = title === null && sections.length === 0 && paragraph.length === 0;
    const boldTitle = isFirst ? boldLine(line) : null;
    if (mark || boldTitle) {
      closeParagraph();
      const text = plainHeading(mark?.text ?? boldTitle!);
      if (isFirst && (boldTitle || mark!.level === 1)) title = text;
      else if (text) sections.push({ heading: text, paragraphs: [] });
    } else if (line.trim() === '' || isRule(line)) {
      closeParagraph();
    } else {
      paragraph.push(line);
    }
  }
  closeParagraph();
  return { format: 'essay', title, sections };
}

function parseSocraticDialogue(lines: string[], personaName: string, finished: boolean): SocraticDialogueReply {
  const names = [personaName, interlocutor];
  const speeches: { speaker: string; isPersona: boolean; lines: string[] }[] = [];
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1;
    if (isLast && !finished && names.some((name) => isStartOf(line.trim(), `${name}:`))) return;
    const said = speech(line, names);
    if (said) {
      speeches.push({ speaker: said.speaker, isPersona: isPersonaName(said.speaker, personaName), lines: [said.text] });
    } else if (speeches.length > 0) {
      speeches.at(-1)!.lines.push(line);
    } else if (line.trim() !== '') {
      speeches.push({ speaker: personaName, isPersona: true, lines: [line] });
    }
  });
  return {
    format: 'socratic_dialogue',
    lines: speeches
      .map(({ speaker, isPersona, lines: spoken }) => ({ speaker, isPersona, text: joinParagraphs(spoken) ?? '' }))
      .filter(({ text }) => text !== ''),
  };
}

/** Text before the first question becomes an answer whose question is empty, so that nothing is lost. */
function parseQa(lines: string[]): QaReply {
  const pairs: { question: string[]; answer: string[] }[] = [];
  const closing: string[] = [];
  let target: string[] | null = null;
  for (const line of lines) {
    const label = questionOrAnswer(line);
    if (label?.kind === 'question') {
      pairs.push({ question: [label.text], answer: [] });
      target = pairs.at(-1)!.question;
    } else if (label?.kind === 'answer') {
      if (pairs.length === 0) pairs.push({ question: [], answer: [] });
      target = pairs.at(-1)!.answer;
      target.push(label.text);
    } else if (isRule(line) && pairs.length > 0) {
      target = closing;
    } else if (target) {
      target.push(line);
    } else if (line.trim() !== '') {
      pairs.push({ question: [], answer: [line] });
      target = pairs.at(-1)!.answer;
    }
  }
  return {
    format: 'qa',
    pairs: pairs
      .map(({ question, answer }) => ({ question: joinLines(question), answer: joinParagraphs(answer) ?? '' }))
      .filter(({ question, answer }) => question !== '' || answer !== ''),
    closing: joinParagraphs(closing),
  };
}

/** One paragraph of its lines; list lines keep their own line. */
function joinLines(lines: string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .reduce((text, line) => (text === '' ? line : `${text}${listItem(line) === null ? ' ' : '\n'}${line}`), '');
}

/** Paragraphs, separated by blank lines; null when there is nothing but white space. */
function joinParagraphs(lines: string[]): string | null {
  const paragraphs: string[] = [];
  let paragraph: string[] = [];
  for (const line of [...lines, '']) {
    if (line.trim() !== '') {
      paragraph.push(line);
    } else if (paragraph.length > 0) {
      paragraphs.push(joinLines(paragraph));
      paragraph = [];
    }
  }
  return paragraphs.length > 0 ? paragraphs.join('\n\n') : null;
}

function plainHeading(text: string): string {
  return text.replace(/\*\*/g, '').trim();
}

function isStartOf(text: string, whole: string): boolean {
  return text !== '' && text.length < whole.length && whole.toLowerCase().startsWith(text.toLowerCase());
}
