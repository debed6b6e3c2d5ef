import type { SourcePassage, RankedStatement, Ranking } from './ranking.js';
import type { Statement, StatementList } from './passage-reader.js';
import type { AnalysedQuestion } from './question.js';
import { enumeration, givesExample, raisesObjection, reserves } from './sentence-traits.js';

/** What is quoted together: neighbouring statements of one passage, in their order. */
export interface Excerpt {
  passage: SourcePassage;
  statements: Statement[];
  /** For a list: its introduction stands in `lead`, its items in `statements`. */
  isList: boolean;
  lead: Statement | null;
  /** 0 and up, higher is better. */
  score: number;
  /** How much its passage is about the question, 0-1, compared with the passage that is most. */
  about: number;
  /** Whether it says what the thing is that was asked about. */
  isDefinition: boolean;
}

export interface SelectionLimits {
  /** Most excerpts; a list counts as one. */
  count: number;
  /** Most words of one excerpt that is no list. */
  words: number;
  /** Most words of a list. */
  listWords: number;
  /** Whether a list is enough by itself. */
  endsWithList: boolean;
  /** Share of the best excerpts' mean score, 0-1, under which an excerpt is beside the point. */
  relevance: number;
}

/** Whether a statement was said before in the conversation. */
export type WasSaid = (statement: Statement) => boolean;

const maxRun = 3;
const maxListItems = 8;
/** How much an excerpt loses for saying what a chosen one says already. */
const redundancyWeight = 0.8;

/** Everything that could be quoted, best first. */
export function candidateExcerpts(ranking: Ranking, question: AnalysedQuestion, wasSaid: WasSaid, limits: SelectionLimits): Excerpt[] {
  const byPassage = Map.groupBy(ranking.statements, (ranked) => ranked.passage);
  const candidates: Excerpt[] = [];
  for (const [passage, ranked] of byPassage) {
    const ranges = new Set<string>();
    for (const one of ranked) {
      const run = runAround(one.statement.index, passage.read.statements);
      if (!run || wordsOf(run) > limits.words || ranges.has(rangeOf(run))) continue;
      if (run.length === 1 && introducesList(run[0]!, passage.read.lists)) continue;
      ranges.add(rangeOf(run));
      candidates.push(excerptOf(passage, run, ranked, wasSaid, question));
    }
    for (const list of passage.read.lists) {
      const excerpt = listExcerpt(passage, list, ranked, wasSaid, question);
      if (wordsOf(excerpt.statements) <= limits.listWords) candidates.push(excerpt);
    }
  }
  const useful = candidates.filter(({ score }) => score > 0);
  return useful.filter((candidate) => !useful.some((other) => completes(other, candidate))).sort((one, other) => other.score - one.score);
}

/** Whether `longer` says what `excerpt` says and goes on from there to something about as good. */
function completes(longer: Excerpt, excerpt: Excerpt): boolean {
  if (longer.isList || excerpt.isList || longer.passage !== excerpt.passage || longer.statements.length <= excerpt.statements.length) return false;
  return longer.score >= 0.6 * excerpt.score && excerpt.statements.every((statement) => longer.statements.includes(statement));
}

/** The best excerpts that differ from one another (maximal marginal relevance), best first. */
export function selectExcerpts(candidates: readonly Excerpt[], limits: SelectionLimits): Excerpt[] {
  const selected: Excerpt[] = [];
  const least = limits.relevance * mean(candidates.slice(0, 3).map((candidate) => candidate.score));
  let rest = candidates.map((excerpt) => ({ excerpt, stems: stemsOf(excerpt), redundancy: 0 }));
  while (selected.length < limits.count) {
    let choice: (typeof rest)[number] | undefined;
    let choiceValue = least;
    for (const candidate of rest) {
      const value = candidate.excerpt.score * (1 - redundancyWeight * candidate.redundancy);
      if (value >= choiceValue && value > 0) [choice, choiceValue] = [candidate, value];
    }
    if (!choice) break;
    const { excerpt, stems } = choice;
    selected.push(excerpt);
    if (excerpt.isList && limits.endsWithList) break;
    const keys = new Set(keysOf(excerpt));
    rest = rest.filter((candidate) => !keysOf(candidate.excerpt).some((key) => keys.has(key)));
    for (const candidate of rest) candidate.redundancy = Math.max(candidate.redundancy, overlap(candidate.stems, stems));
  }
  return selected;
}

/** Excerpts by passage: the passage that answers best first, and within a passage in the order of its text. */
export function groupByPassage(excerpts: readonly Excerpt[], question: AnalysedQuestion): Excerpt[][] {
  const groups = [...Map.groupBy(excerpts, (excerpt) => excerpt.passage).values()];
  const isAskedList = (excerpt: Excerpt) => excerpt.isList && (question.kind === 'list' || question.kind === 'how') && excerpt.about > 0.7;
  const leads = (excerpt: Excerpt) => isAskedList(excerpt) || (excerpt.isDefinition && excerpt.about > 0.4);
  const rank = (group: readonly Excerpt[]) => Math.max(...group.map((excerpt) => excerpt.score * (leads(excerpt) ? 3 : 1))) * group[0]!.about ** 2;
  return groups
    .sort((one, other) => rank(other) - rank(one))
    .map((group) => group.sort((one, other) => one.statements[0]!.index - other.statements[0]!.index));
}

/** Whether it says what others hold against the persona. */
export function raises(excerpt: Excerpt): boolean {
  return !excerpt.isList && excerpt.statements.some((statement) => raisesObjection(statement.text));
}

/** Whether it holds an objection and the answer to it. */
export function isObjection(excerpt: Excerpt): boolean {
  return raises(excerpt) && excerpt.statements.length > 1 && !raisesObjection(excerpt.statements.at(-1)!.text);
}

export function concedes(excerpt: Excerpt): boolean {
  return !excerpt.isList && excerpt.statements.some((statement) => reserves(statement.text));
}

export function isExample(excerpt: Excerpt): boolean {
  return excerpt.statements.some((statement) => givesExample(statement.text));
}

export function keysOf(excerpt: Excerpt): string[] {
  return [...(excerpt.lead ? [excerpt.lead] : []), ...excerpt.statements].map((statement) => statement.key);
}

/** "There are three kinds of it": promises a list, and leaves the reader waiting when it stands alone. */
function introducesList(statement: Statement, lists: readonly StatementList[]): boolean {
  return lists.some((list) => list.lead === statement.index);
}

/** The statement with those that it needs before and after it; null when one of them is missing. */
function runAround(index: number, statements: readonly Statement[]): Statement[] | null {
  const at = statements[index]!;
  if (at.list !== null) return at.needsPrevious || /^For\b/.test(at.text) ? null : [at];
  let first = index;
  let last = index;
  while (statements[first]!.needsPrevious) {
    first -= 1;
    if (first < 0 || last - first >= maxRun || statements[first]!.list !== null) return null;
  }
  for (let current = first; current <= last; current++) {
    if (!statements[current]!.needsNext) continue;
    last = Math.max(last, current + 1);
    if (last >= statements.length || last - first >= maxRun || statements[last]!.list !== null) return null;
  }
  // An enumeration is quoted whole or not at all.
  const run = statements.slice(first, last + 1);
  return run.some((statement) => enumeration(statement.text)) ? null : run;
}

function excerptOf(
  passage: SourcePassage,
  run: Statement[],
  ranked: readonly RankedStatement[],
  wasSaid: WasSaid,
  question: AnalysedQuestion,
): Excerpt {
  const members = run.map((statement) => ranked[statement.index]!);
  const best = Math.max(...members.map((member) => member.score));
  return {
    passage,
    statements: run,
    isList: false,
    lead: null,
    score: best * (1 - 0.07 * (run.length - 1)) * novelty(run, wasSaid, question),
    about: members[0]!.about,
    isDefinition: members[0]!.isDefinition,
  };
}

function listExcerpt(
  passage: SourcePassage,
  list: StatementList,
  ranked: readonly RankedStatement[],
  wasSaid: WasSaid,
  question: AnalysedQuestion,
): Excerpt {
  const items = list.items.slice(0, maxListItems).map((index) => ranked[index]!);
  const lead = list.lead === null ? null : ranked[list.lead]!;
  const scores = items.map((item) => item.score);
  const best = Math.max(...scores, lead?.score ?? 0);
  const average = mean(scores);
  const fit = question.kind === 'list' ? 2.2 : question.kind === 'how' ? 1.5 : question.kind === 'why' ? 0.8 : 0.85;
  const statements = items.map((item) => item.statement);
  return {
    passage,
    statements,
    isList: true,
    lead: lead && !lead.statement.isAnnouncement && !lead.statement.needsPrevious ? lead.statement : null,
    score: (0.4 * best + 0.6 * average) * fit * novelty(statements, wasSaid, question),
    about: items[0]!.about,
    isDefinition: false,
  };
}

function novelty(statements: readonly Statement[], wasSaid: WasSaid, question: AnalysedQuestion): number {
  const old = statements.filter(wasSaid).length / statements.length;
  return 1 - old * (question.isFollowUp ? 0.95 : 0.6);
}

/** What an excerpt talks about. */
function stemsOf(excerpt: Excerpt): ReadonlySet<string> {
  return new Set(excerpt.statements.flatMap((statement) => [...statement.stems.keys()]));
}

/** How much two excerpts talk about the same, 0-1. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of one) if (other.has(stem)) shared += 1;
  const smaller = Math.min(one.size, other.size);
  return smaller === 0 ? 0 : shared / smaller;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function wordsOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + statement.words.length, 0);
}

function rangeOf(run: readonly Statement[]): string {
  return `${run[0]!.index}-${run.at(-1)!.index}`;
}
