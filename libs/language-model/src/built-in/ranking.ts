import { tokenizeWords } from '@dramatis/text/keywords';
import { cohesions, type HeadingPromise, promiseFactors, promiseOf, promisesReasons, sideFit, verbFit } from './heading-promise.js';
import type { ReadPassage, Statement } from './passage-reader.js';
import { affinity, type AnalysedQuestion, type QuestionKind, type Term } from './question.js';
import { givesReason, raisesObjection } from './sentence-traits.js';

export interface SourcePassage {
  /** What a citation refers to. */
  number: number;
  documentTitle: string;
  headingPath: readonly string[];
  read: ReadPassage;
}

export interface RankedStatement {
  statement: Statement;
  passage: SourcePassage;
  /** 0 and up, higher is better. Comparable within one question only. */
  score: number;
  /** How much its passage is about the question, 0-1, compared with the passage that is most. */
  about: number;
  /** Whether it says what the thing is that was asked about. */
  isDefinition: boolean;
}

export interface Ranking {
  statements: RankedStatement[];
  /** Share of the question's weight that the best passage holds in one place, 0-1. */
  coverage: number;
}

/** Passages that are less about the question, compared with the one that is most, say nothing to it. */
const leastShare = 0.35;
/** Part of the best section's worth that all sections of its document get. */
const documentShare = 0.4;

/**
 * Scores every statement of the passages by how well it answers the question: by the words that it shares with the
 * question, by its kind, and by how much its whole passage is about the question, since what stands beside the matching
 * sentences of the right section mostly belongs to the answer without repeating its words.
 */
export function rankStatements(question: AnalysedQuestion, passages: readonly SourcePassage[]): Ranking {
  const matcher = new Matcher(question.terms, passages);
  const measured = withDocuments(passages.map((passage, place) => measure(passage, place, question, matcher)));
  const bestPassage = Math.max(0, ...measured.map((one) => one.about));
  const typical = mean(highest(measured.flatMap((one) => one.lexical), 3));
  const statements = measured.flatMap(({ passage, about, own, lexical, promise }) => {
    const share = bestPassage === 0 ? 0 : about / bestPassage;
    if (share < leastShare) return [];
    const strong = lexical.flatMap((value, index) => (value > 0 && value >= 0.5 * Math.max(...lexical) ? [index] : []));
    return passage.read.statements.map((statement, index): RankedStatement => {
      const distance = strong.length === 0 ? statement.index : Math.min(...strong.map((other) => Math.abs(other - index)));
      const cohesion = cohesions[promise] * typical * share ** 2.5 * 0.93 ** distance;
      const fit = kindFit(question, statement, own[index]!, matcher, passage) * verbFit(question, statement.text) * worth(statement);
      return {
        statement,
        passage,
        score: fit * (lexical[index]! * (0.2 + 0.8 * share ** 2) + cohesion),
        about: share,
        isDefinition: question.kind === 'define' && defines(statement, own[index]!),
      };
    });
  });
  return { statements, coverage: Math.max(0, ...measured.map((one) => one.coverage)) };
}

/** A section of a document that is about the question is itself more likely to be. */
function withDocuments(measured: MeasuredPassage[]): MeasuredPassage[] {
  return measured.map((one) => {
    const document = measured.filter((other) => other.passage.documentTitle === one.passage.documentTitle);
    const about = one.about + documentShare * Math.max(...document.map((other) => other.about));
    return { ...one, about: about * promiseFactors[one.promise] };
  });
}

interface MeasuredPassage {
  passage: SourcePassage;
  /** How much the passage is about the question, 0 and up. */
  about: number;
  /** What of the question it holds in one place, 0-1. */
  coverage: number;
  promise: HeadingPromise;
  /** By statement. */
  own: Match[];
  lexical: number[];
}

function measure(passage: SourcePassage, place: number, question: AnalysedQuestion, matcher: Matcher): MeasuredPassage {
  const heading = passage.headingPath.at(-1) ?? '';
  const inHeading = matcher.inText(heading);
  const inTitle = matcher.inText([passage.documentTitle, ...passage.headingPath.slice(0, -1)].join(' '));
  const own = passage.read.statements.map((statement) => matcher.inStatement(statement));
  const inHeadings = strongest([inHeading, inTitle]);
  const coverage = Math.max(
    0,
    ...own.map((here, index) => {
      const near = [own[index - 1], own[index + 1]].filter((match) => match !== undefined).map((match) => match.map((value) => value * 0.8));
      return coverageOf(matcher.trusted(strongest([here, inHeadings, ...near])), question.terms);
    }),
  );
  const rankPrior = 1 + 0.25 / (1 + place);
  const promise = promiseOf(question, heading);
  return {
    passage,
    coverage,
    promise,
    own,
    lexical: passage.read.statements.map(
      (statement, index) => ((matcher.gain(own[index]!) * (1 + matcher.closeness(statement))) / (0.75 + 0.25 * (statement.words.length / 22))) ** 0.8,
    ),
    about: matcher.passageGain(own, inHeading, inTitle) * rankPrior * sideFit(question, heading) * Math.min(1, 0.6 + 0.1 * own.length),
  };
}

function highest(values: readonly number[], count: number): number[] {
  return values.toSorted((one, other) => other - one).slice(0, count);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How well each term of the question is matched, 0-1, in the order of the terms. */
type Match = number[];

class Matcher {
  /** Of each term among the statements, and among the passages. */
  private readonly rarity: number[];
  private readonly passageRarity: number[];
  private readonly isLone: boolean[];
  private readonly affinities = new Map<string, Match>();

  constructor(
    private readonly terms: readonly Term[],
    passages: readonly SourcePassage[],
  ) {
    const counts = terms.map(() => 0);
    const passageCounts = terms.map(() => 0);
    let total = 0;
    for (const passage of passages) {
      const matches = passage.read.statements.map((statement) => this.inStatement(statement));
      total += matches.length;
      terms.forEach((_, index) => {
        const count = matches.filter((match) => match[index]! > 0).length;
        counts[index]! += count;
        passageCounts[index]! += Math.min(1, count);
      });
    }
    const headings = passages.map((passage) => this.inText([passage.documentTitle, ...passage.headingPath].join(' ')));
    this.isLone = counts.map((count, index) => count < 2 && headings.every((match) => match[index] === 0));
    this.rarity = counts.map((count) => Math.log(1 + (total + 1) / (count + 0.5)));
    this.passageRarity = passageCounts.map((count) => Math.log(1.5 + (passages.length + 1) / (count + 0.5)));
  }

  inStatement(statement: Statement): Match {
    return this.ofStems(statement.stems.keys());
  }

  inText(text: string): Match {
    return this.ofStems(tokenizeWords(text).map((word) => word.stem));
  }

  /** What the matched terms are worth together. */
  gain(match: Match): number {
    return match.reduce((sum, value, index) => sum + value * this.terms[index]!.weight * this.rarity[index]!, 0);
  }

  /** A word that occurs once in all that was found is a weak sign that the passages are about it. */
  trusted(match: Match): Match {
    return match.map((value, index) => (this.isLone[index] ? value * 0.6 : value));
  }

  /** What a passage is worth: terms that it repeats, and that its headings name, count more, with diminishing returns. */
  passageGain(own: readonly Match[], inHeading: Match, inTitle: Match): number {
    return this.terms.reduce((sum, term, index) => {
      const frequency = own.reduce((count, match) => count + match[index]!, 0) + 2 * inHeading[index]! + 1.2 * inTitle[index]!;
      return sum + (term.weight * this.passageRarity[index]! * frequency * 2) / (frequency + 1);
    }, 0);
  }

  /** 0-0.5: how near to one another the matched terms stand. */
  closeness(statement: Statement): number {
    const positions = this.positions(statement);
    if (positions.length < 2) return 0;
    const span = Math.max(...positions) - Math.min(...positions);
    return Math.min(0.5, (0.7 * (positions.length - 1)) / Math.max(1, span));
  }

  /** Where in the statement a term stands, each word of the statement once. */
  positions(statement: Statement): number[] {
    return [...statement.stems].flatMap(([stem, places]) => (this.ofStem(stem).some((value) => value >= 0.7) ? places.slice(0, 1) : []));
  }

  private ofStems(stems: Iterable<string>): Match {
    const match = this.terms.map(() => 0);
    for (const stem of stems) this.ofStem(stem).forEach((value, index) => (match[index] = Math.max(match[index]!, value)));
    return match;
  }

  private ofStem(stem: string): Match {
    let match = this.affinities.get(stem);
    if (!match) {
      match = this.terms.map((term) => affinity(term, stem));
      this.affinities.set(stem, match);
    }
    return match;
  }
}

function strongest(matches: readonly Match[]): Match {
  return matches[0]!.map((_, index) => Math.max(...matches.map((match) => match[index]!)));
}

function coverageOf(match: Match, terms: readonly Term[]): number {
  const total = terms.reduce((sum, term) => sum + term.weight, 0);
  return total === 0 ? 0 : match.reduce((sum, value, index) => sum + value * terms[index]!.weight, 0) / total;
}

const fits: Record<Exclude<QuestionKind, 'define' | 'list' | 'other'>, RegExp> = {
  why: /$^/,
  when: /\b(?:1[0-9]{3}|20\d\d|[1-9]\d{1,2}|January|February|March|April|May|June|July|August|September|October|November|December|century|years? (?:before|after|later|old)|age of)\b/,
  where: /\b(?:in|at|to|from|near|on|into|through)(?: the)? \p{Lu}\p{L}+/u,
  who: /(?!^)\b\p{Lu}\p{L}+/u,
  how: /\b(?:by \w+ing|by means|first|next|then|steps?|method|so that|until|in order|used|began|tried|asked|measured|wrote|kept)\b/i,
  howMany: /\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|dozen)\b/i,
};

/** Factor for what kind of sentence answers what kind of question. */
function kindFit(question: AnalysedQuestion, statement: Statement, match: Match, matcher: Matcher, passage: SourcePassage): number {
  switch (question.kind) {
    case 'why':
      return givesReason(statement.text) ? 1.5 : promisesReasons(passage.headingPath.at(-1) ?? '') ? 1.2 : 0.8;
    case 'define':
      return defines(statement, match) ? 1.7 : 1;
    case 'list':
      return statement.list !== null ? 1.35 : 1;
    case 'other':
      return 1;
    case 'howMany':
      return countsMatched(statement, matcher) ? 2 : fits.howMany.test(statement.text) ? 1.2 : 1;
    default:
      return fits[question.kind].test(statement.text) ? 1.35 : 1;
  }
}

/** "Ten children": a number right before what is asked about, or a word in between. */
function countsMatched(statement: Statement, matcher: Matcher): boolean {
  return matcher
    .positions(statement)
    .some((position) => [1, 2].some((back) => fits.howMany.test(statement.words[position - back]?.text ?? '')));
}

/** "The X is …": a term among the first words, and right after it what says what it is. */
function defines(statement: Statement, match: Match): boolean {
  if (!match.some((value) => value === 1)) return false;
  const opening = statement.text.split(/\s+/).slice(0, 9).join(' ');
  return /^(?:I (?:was|am|call)|(?:(?:the|an?|my|our) )?(?:[\p{L}'’-]+ ){1,6}?(?:is|are|was|were|means?|consists?|has|have)) /iu.test(`${opening} `);
}

/** Factor for sentences that say little wherever they stand, or say what others hold. */
function worth(statement: Statement): number {
  const words = statement.words.length;
  const length = words < 5 ? 0.5 : words > 60 ? 0.7 : 1;
  const voice = raisesObjection(statement.text) ? 0.75 : 1;
  return statement.isAnnouncement ? 0 : length * voice;
}
