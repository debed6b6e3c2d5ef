import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { AnalysedQuestion } from './question.js';
import { concedes, type Excerpt, groupByPassage, isExample, isObjection, keysOf, raises, type SelectionLimits, selectExcerpts } from './selection.js';
import type { Voice } from './voice.js';

/** One step of a reply: a line of the persona's own, then what it quotes. */
export interface Move {
  role: 'answer' | 'example' | 'objection' | 'concession';
  lead: string | null;
  /** Whether the lead carries the mode's contract, so that no format may leave it out. */
  keepsLead: boolean;
  excerpts: Excerpt[];
}

/** What is said, in order, before a format gives it its shape. */
export interface Script {
  opening: string[];
  /** Whether the opening is a part of its own, for a mode that owes several parts and has little to tell. */
  setsOpeningApart?: boolean;
  moves: Move[];
  closing: string | null;
  /** To the other person, at the very end. */
  question: string | null;
}

interface Size {
  excerpts: number;
  words: number;
}

const sizes: Record<InteractionMode, Record<ResponseFormat, Size>> = {
  interviewer: brief({ excerpts: 2, words: 50 }, { excerpts: 2, words: 50 }),
  audience: brief({ excerpts: 2, words: 45 }, { excerpts: 2, words: 40 }),
  educator: full(5, 5, 7, 4, 5),
  lecturer: full(7, 6, 9, 5, 6),
  debater: full(4, 4, 6, 4, 4),
};

function brief(free: Size, structured: Size): Record<ResponseFormat, Size> {
  return { free, bullet_points: structured, essay: structured, socratic_dialogue: structured, qa: structured };
}

function full(free: number, bulletPoints: number, essay: number, dialogue: number, qa: number): Record<ResponseFormat, Size> {
  return {
    free: { excerpts: free, words: 85 },
    bullet_points: { excerpts: bulletPoints, words: 65 },
    essay: { excerpts: essay, words: 85 },
    socratic_dialogue: { excerpts: dialogue, words: 70 },
    qa: { excerpts: qa, words: 85 },
  };
}

const isBriefMode = (mode: InteractionMode) => mode === 'interviewer' || mode === 'audience';

/** How much a reply quotes. `scale` (0-1) makes it shorter, for a small output limit. */
export function limitsFor(mode: InteractionMode, format: ResponseFormat, question: AnalysedQuestion, scale: number): SelectionLimits {
  const { excerpts, words } = sizes[mode][format];
  const asksFact = isFact(question);
  return {
    count: Math.max(1, Math.round((asksFact ? Math.min(excerpts, 4) : excerpts) * scale)),
    words,
    listWords: isBriefMode(mode) ? (question.kind === 'list' ? 95 : 0) : asksFact || scale < 0.5 ? 0 : 260,
    endsWithList: isBriefMode(mode),
    relevance: asksFact ? 0.5 : 0.25,
  };
}

/** Whether one date, place, name or number answers it. */
function isFact({ kind }: AnalysedQuestion): boolean {
  return kind === 'when' || kind === 'where' || kind === 'who' || kind === 'howMany';
}

/** Lays out what the mode's contract asks for. `candidates` are best first. */
export function writeScript(
  mode: InteractionMode,
  question: AnalysedQuestion,
  candidates: readonly Excerpt[],
  limits: SelectionLimits,
  voice: Voice,
  topic: string | null,
): Script {
  switch (mode) {
    case 'interviewer':
      return {
        opening: [voice.frame(question.isAsking ? 'answered' : 'heard')],
        moves: movesOf(selectExcerpts(candidates, limits), question),
        closing: null,
        question: `${voice.frame('inReturn')} ${lowerFirst(voice.question(topic))}`,
      };
    case 'audience':
      return {
        opening: [voice.frame(question.isAsking ? 'fromTheBenches' : 'listened')],
        moves: movesOf(selectExcerpts(candidates, limits), question),
        closing: null,
        question: question.isAsking ? null : voice.question(topic),
      };
    case 'educator':
      return lesson(question, candidates, limits, voice);
    case 'lecturer':
      return lecture(question, candidates, limits, voice);
    case 'debater':
      return debate(question, candidates, limits, voice);
  }
}

function lesson(question: AnalysedQuestion, candidates: readonly Excerpt[], limits: SelectionLimits, voice: Voice): Script {
  const selected = selectExcerpts(candidates, limits);
  const examples = selected.length > 2 ? selected.slice(1).filter((excerpt) => !excerpt.isList && excerpt.about > 0.5 && isExample(excerpt)).slice(0, 1) : [];
  const moves = splitLong(movesOf(selected.filter((excerpt) => !examples.includes(excerpt)), question), 3);
  const opening = [voice.opening()];
  if (moves.length === 1 && examples.length === 0) opening.push(voice.frame('first'));
  moves.slice(1).forEach((move, index) => {
    move.lead = voice.frame(index === moves.length - 2 && index > 0 && examples.length === 0 ? 'last' : 'next');
    move.keepsLead = index === 0;
  });
  if (examples.length > 0) {
    const saysSo = /\b(?:example|instance)\b/i.test(examples[0]!.statements[0]!.text);
    moves.push({ role: 'example', lead: saysSo ? null : voice.frame('example'), keepsLead: true, excerpts: examples });
  }
  return { opening, moves, closing: isFact(question) ? voice.closing() : voice.frame('attempt'), question: null };
}

function lecture(question: AnalysedQuestion, candidates: readonly Excerpt[], limits: SelectionLimits, voice: Voice): Script {
  const moves = splitLong(movesOf(selectExcerpts(candidates, limits), question), 3);
  const opening = [voice.opening()];
  for (const move of moves.slice(1)) move.lead = voice.transition();
  return { opening, setsOpeningApart: moves.length < 2, moves, closing: voice.closing(), question: null };
}

function debate(question: AnalysedQuestion, candidates: readonly Excerpt[], limits: SelectionLimits, voice: Voice): Script {
  const opening = [voice.opening(), voice.frame('position')];
  const grounds = selectExcerpts(
    candidates.filter((excerpt) => !raises(excerpt)),
    limits,
  );
  const best = candidates[0]?.score ?? 0;
  const free = candidates.filter((excerpt) => !excerpt.isList && sharesNothing(excerpt, grounds));
  const answered = free.find((excerpt) => isObjection(excerpt) && excerpt.score >= 0.08 * best && excerpt.about >= 0.5);
  const conceding = answered ? undefined : free.find((excerpt) => concedes(excerpt) && !raises(excerpt) && excerpt.score >= 0.2 * best && excerpt.about >= 0.5);
  const moves = splitLong(movesOf(grounds, question), 4);
  for (const move of moves.slice(1)) move.lead = voice.transition();
  moves.push(objectionMove(answered, conceding, voice));
  return { opening, moves, closing: voice.closing(), question: null };
}

function objectionMove(answered: Excerpt | undefined, conceding: Excerpt | undefined, voice: Voice): Move {
  const excerpt = answered ?? conceding;
  const lead = voice.frame(answered ? 'objection' : conceding ? 'concession' : 'noObjection');
  return { role: conceding ? 'concession' : 'objection', lead, keepsLead: true, excerpts: excerpt ? [excerpt] : [] };
}

function movesOf(excerpts: readonly Excerpt[], question: AnalysedQuestion): Move[] {
  return groupByPassage(excerpts, question).map((group) => ({ role: 'answer', lead: null, keepsLead: false, excerpts: group }));
}

/** Two moves out of the first when it holds too much, or when it is the only one. */
function splitLong(moves: Move[], longest: number): Move[] {
  return moves.flatMap((move) => {
    const { excerpts } = move;
    if (excerpts.length <= longest && !(moves.length === 1 && excerpts.length > 2)) return [move];
    const middle = Math.ceil(excerpts.length / 2);
    return [excerpts.slice(0, middle), excerpts.slice(middle)].map((part) => ({ ...move, excerpts: part }));
  });
}

function sharesNothing(excerpt: Excerpt, others: readonly Excerpt[]): boolean {
  const keys = new Set(others.flatMap(keysOf));
  return !keysOf(excerpt).some((key) => keys.has(key));
}

function lowerFirst(text: string): string {
  return /^I\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
