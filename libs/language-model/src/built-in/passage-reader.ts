import { type Word, tokenizeWords } from '@dramatis/text/keywords';
import { splitSentences } from '@dramatis/text/sentences';
import { isSubjectWord } from './question.js';
import { announces, enumeration, needsPrevious, raisesObjection } from './sentence-traits.js';

/** A sentence that can be quoted, or a whole list item. */
export interface Statement {
  text: string;
  /** Place within the passage. */
  index: number;
  /** The paragraph or list it stands in, by number. */
  block: number;
  /** For telling the same sentence in two passages. */
  key: string;
  words: Word[];
  /** Positions of each stem that carries meaning, counted in words. */
  stems: Map<string, number[]>;
  /** Whether it is understood only after the statement before it. */
  needsPrevious: boolean;
  /** Whether it must not stand without the statement after it. */
  needsNext: boolean;
  /** The list it belongs to, by number, or null. */
  list: number | null;
  isAnnouncement: boolean;
}

/** A list or an enumeration in prose; `lead` introduces it. Both are indices of statements. */
export interface StatementList {
  lead: number | null;
  items: number[];
}

export interface ReadPassage {
  statements: Statement[];
  lists: StatementList[];
  /** Words, in lower case, that have a capital within a sentence, and words that have none. */
  capitalised: ReadonlySet<string>;
  uncapitalised: ReadonlySet<string>;
}

/** Takes a passage apart into what can be quoted. Headings, list marks and markdown do not come along. */
export function readPassage(text: string, headingPath: readonly string[], tokenize: (text: string) => Word[] = tokenizeWords): ReadPassage {
  const headings = new Set(headingPath.map(keyOf));
  const drafts: { text: string; block: number; list: number | null }[] = [];
  let listCount = 0;
  for (const [blockNumber, block] of text.split(/\n\s*\n/).entries()) {
    const lines = block.split('\n').map(plain).filter((line) => line !== '' && !headings.has(keyOf(line)));
    const isList = lines.length > 1 && (lines.every(isEnded) || /^\s*(?:[-*+•]|\d+[.)])\s/m.test(block));
    if (isList) {
      const list = listCount++;
      for (const line of lines) {
        const opensList = line.endsWith(':') && !drafts.some((draft) => draft.list === list);
        drafts.push({ text: line, block: blockNumber, list: opensList ? null : list });
      }
    } else {
      for (const sentence of splitSentences(lines.join(' '))) drafts.push({ text: sentence.text, block: blockNumber, list: null });
    }
  }
  const statements = drafts
    .filter((draft) => isEnded(draft.text) || draft.text.split(/\s+/).length > 8)
    .map((draft, index) => statementOf(withoutAnnouncement(isEnded(draft.text) ? draft.text : `${draft.text}.`), index, draft, tokenize));
  statements.forEach((statement, index) => link(statement, statements[index - 1], statements[index + 1]));
  return { statements, lists: listsOf(statements), ...capitalsOf(statements) };
}

function statementOf(
  text: string,
  index: number,
  { block, list }: { block: number; list: number | null },
  tokenize: (text: string) => Word[],
): Statement {
  const words = tokenize(text);
  const stems = new Map<string, number[]>();
  words.forEach((word, position) => {
    if (!isSubjectWord(word.folded)) return;
    const positions = stems.get(word.stem);
    if (positions) positions.push(position);
    else stems.set(word.stem, [position]);
  });
  return {
    text,
    index,
    block,
    key: keyOf(text),
    words,
    stems,
    needsPrevious: needsPrevious(text),
    needsNext: text.endsWith(':'),
    list,
    isAnnouncement: announces(text),
  };
}

function link(statement: Statement, previous: Statement | undefined, next: Statement | undefined): void {
  const isAnswered = next !== undefined && next.block === statement.block && !raisesObjection(next.text);
  if (raisesObjection(statement.text) && statement.list === null && isAnswered) {
    statement.needsNext = true;
    next.needsPrevious = true;
  }
  if (/^(?:on )?(?:the )?one side\b/i.test(statement.text) && next && /^(?:on )?the other side\b/i.test(next.text)) statement.needsNext = true;
  // "Third, …" makes no sense alone, and "First, …" little: enumerations are taken whole.
  if (enumeration(statement.text)) statement.needsPrevious = previous !== undefined || enumeration(statement.text) === 'later';
}

function capitalsOf(statements: readonly Statement[]): Pick<ReadPassage, 'capitalised' | 'uncapitalised'> {
  const capitalised = new Set<string>();
  const uncapitalised = new Set<string>();
  for (const { text, words } of statements) {
    for (const { text: word, start, folded } of words) {
      if (/^\p{Ll}/u.test(word)) uncapitalised.add(folded);
      else if (start > 0 && !/[.!?:]\s$/.test(text.slice(Math.max(0, start - 2), start))) capitalised.add(folded);
    }
  }
  return { capitalised, uncapitalised };
}

function listsOf(statements: readonly Statement[]): StatementList[] {
  const lists: StatementList[] = [];
  for (let index = 0; index < statements.length; index++) {
    const { list, text } = statements[index]!;
    const items: number[] = [];
    if (list !== null) {
      while (statements[index]?.list === list) items.push(index++);
    } else if (enumeration(text) === 'first') {
      const { block } = statements[index]!;
      const last = statements.findLastIndex((later, at) => at > index && later.block === block && enumeration(later.text) === 'later');
      while (index <= last) items.push(index++);
    }
    if (items.length < 2) continue;
    index -= 1;
    const before = statements[items[0]! - 1];
    const leads = before && before.list === null && (list !== null || before.block === statements[items[0]!]!.block);
    lists.push({ lead: leads ? before.index : null, items });
  }
  return lists;
}

/** One line without list marks, heading marks, emphasis and citation-like marks of its own. */
function plain(line: string): string {
  return line
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)\s+/, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s*\[\d{1,3}\]/g, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/(?<![\p{L}\p{N}])\*([^*\s](?:[^*]*[^*\s])?)\*/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "…, and here I explain why": what a document announces of itself means nothing in a reply. The rest is a whole sentence. */
function withoutAnnouncement(sentence: string): string {
  return sentence.replace(/,? and (?:here (?:I|we)\b|this (?:account|chapter|document|essay|page) (?:tells|explains|describes|shows|gives|sets)\b|I (?:\w+ )?(?:explain|describe|relate|state|set|tell|give|show)\b(?=[^.;:]*\bhere\.$))[^.;:]*\.$/, '.');
}

function isEnded(text: string): boolean {
  return /[.!?…:;]["'”’»)\]]*$/.test(text);
}

function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
