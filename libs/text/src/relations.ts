import type { Entity } from './entities.js';
import { tagsOf } from './lexicon.js';
import { foldWord } from './keywords.js';
import { isStopWord } from './stop-words.js';
import { splitSentences } from './sentences.js';

/** A passage with the entities that it names; offsets are into `text`. */
export interface PassageEntities {
  passageId: string;
  text: string;
  entities: { name: string; mentions: { start: number; end: number }[] }[];
}

/** The entities of a document that a passage of it, which begins at `start`, mentions. */
export function entitiesWithin(entities: Pick<Entity, 'name' | 'mentions'>[], passage: { passageId: string; text: string; start: number }): PassageEntities {
  const end = passage.start + passage.text.length;
  const within = entities.map(({ name, mentions }) => ({
    name,
    mentions: mentions
      .filter((mention) => mention.start >= passage.start && mention.end <= end)
      .map((mention) => ({ start: mention.start - passage.start, end: mention.end - passage.start })),
  }));
  return { passageId: passage.passageId, text: passage.text, entities: within.filter(({ mentions }) => mentions.length > 0) };
}

/** Two entities that are named together. `source` comes before `target` in the alphabet: the relation has no direction. */
export interface CoOccurrence {
  source: string;
  target: string;
  /** Passages that name both. */
  count: number;
  /**
   * 0-1: how much more often they are together than by chance (normalized pointwise mutual information, of which the negative
   * half is 0), times `count / (count + 1)`, since a single passage may be chance.
   */
  weight: number;
  /** Those of them that are listed, at most {@link maxSupport}, in order. */
  passageIds: string[];
}

export const maxSupport = 20;
export const maxEdges = 5_000;
/** A passage that names more, such as a list, relates only the most often named of them. */
const maxEntitiesOfPassage = 30;

/** Which entities are named together, heaviest first, at most {@link maxEdges}. */
export function coOccurrences(passages: PassageEntities[]): CoOccurrence[] {
  const frequencies = new Map<string, number>();
  const pairs = new Map<string, { source: string; target: string; count: number; passageIds: string[] }>();
  for (const { passageId, entities } of passages) {
    const frequent = [...entities].sort((one, other) => other.mentions.length - one.mentions.length || compare(one.name, other.name)).slice(0, maxEntitiesOfPassage);
    const names = [...new Set(frequent.map(({ name }) => name))].sort(compare);
    for (const [at, source] of names.entries()) {
      frequencies.set(source, (frequencies.get(source) ?? 0) + 1);
      for (const target of names.slice(at + 1)) {
        const key = `${source}\n${target}`;
        const pair = pairs.get(key) ?? { source, target, count: 0, passageIds: [] };
        pairs.set(key, pair);
        pair.count += 1;
        if (pair.passageIds.length < maxSupport) pair.passageIds.push(passageId);
      }
    }
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, weight: weightOf(pair.count, frequencies.get(pair.source)!, frequencies.get(pair.target)!, passages.length) }))
    .sort((one, other) => other.weight * other.count - one.weight * one.count || compare(one.source, other.source) || compare(one.target, other.target))
    .slice(0, maxEdges);
}

function weightOf(together: number, one: number, other: number, passages: number): number {
  const probability = together / passages;
  const normalized = probability === 1 ? 1 : Math.log((together * passages) / (one * other)) / -Math.log(probability);
  return Math.round(Math.max(0, Math.min(1, normalized)) * (together / (together + 1)) * 1_000) / 1_000;
}

/** What a sentence plainly says that one entity did to another: `Statius Priscus — took — Artaxata`. */
export interface Statement {
  subject: string;
  /** As it is written: `took`, `sailed from`, `was taught by`. */
  predicate: string;
  object: string;
  passageId: string;
  /** The sentence it rests on, as offsets into the passage. */
  start: number;
  end: number;
}

const maxStatementsOfPassage = 50;
/** Words between two entities that make the statement something else than it seems. */
const breaking = /[,;:()—–"“”]|\b(?:and|or|but|that|which|who|whom|whose|if|not|never|no|nor|when|because|while|where|than|as|what|how|whether|would|could|should|might|may|must)\b/i;
const fillers = /^(?:the|a|an|my|his|her|their|our|its|old|young|great|first|elder|younger|famous|whole|again|once|soon|also|always|often|later|then|now|first)$/;
const auxiliaries = /^(?:was|were|is|are|had|has|have|been|be|did|do)$/;
/** Verbs whose object is a whole clause. */
const mental = /^(?:think|thinks|thought|believe|believed|know|knew|suppose|supposed|say|said|says|hope|hoped|wish|wished|fear|feared|gave|give|gives)$/;
const preposition = /^(?:to|from|in|into|at|on|of|with|by|for|against|through|over|under|after|before|near|upon|across|between|about|towards?)$/;

/**
 * The subject-verb-object statements of a passage between its entities, where a verb alone stands between the two: what is surer to be right, and less than all
 * that is said. Statements of another sentence structure are left to co-occurrence.
 */
export function statementsOf({ passageId, text, entities }: PassageEntities): Statement[] {
  const mentions = entities.flatMap(({ name, mentions: own }) => own.map((mention) => ({ name, ...mention }))).sort((one, other) => one.start - other.start);
  const statements: Statement[] = [];
  let at = 0;
  for (const sentence of splitSentences(text)) {
    while (at < mentions.length && mentions[at]!.start < sentence.start) at += 1;
    for (; at + 1 < mentions.length && mentions[at + 1]!.end <= sentence.end && statements.length < maxStatementsOfPassage; at += 1) {
      const [subject, object] = [mentions[at]!, mentions[at + 1]!];
      if (subject.name === object.name || !isSubject(text.slice(sentence.start, subject.start))) continue;
      if (!isObject(text.slice(object.end, object.end + 40))) continue;
      const predicate = predicateOf(text.slice(subject.end, object.start));
      if (predicate) statements.push({ subject: subject.name, predicate, object: object.name, passageId, start: sentence.start, end: sentence.end });
    }
  }
  return statements;
}

/** Whether what follows these words of its sentence can be its subject: "by Captain FitzRoy" is none. */
function isSubject(before: string): boolean {
  const words = before.slice(-60).toLowerCase().match(/\p{L}+/gu) ?? [];
  while (words.length > 0 && fillers.test(words.at(-1)!)) words.pop();
  const last = words.at(-1);
  return last === undefined || /[,;:]\s*$/.test(before) || !(preposition.test(last) || /^(?:than|like|as)$/.test(last));
}

/** Whether what is followed by these words is the object: of "Darwin's book" and "the Jacquard loom" it is the book and the loom. */
function isObject(after: string): boolean {
  if (/^['’]/.test(after)) return false;
  const next = /^ (\p{Ll}+)/u.exec(after)?.[1];
  return next === undefined || isStopWord(next) || preposition.test(next) || next.endsWith('ly') || isVerb(next);
}

/** The verb of the words between two entities, with its preposition; null when they are not plainly a verb. */
function predicateOf(between: string): string | null {
  if (!/^\s/.test(between) || breaking.test(between) || between.length > 60) return null;
  const words = between.trim().split(/\s+/).map((word) => word.replace(/^['’]+|['’]+$/g, ''));
  if (words.length > 6 || words[0] === '') return null;
  const kept = words.filter((word) => !fillers.test(word.toLowerCase()) && !/ly$/.test(word));
  let verb = 0;
  while (verb < kept.length - 1 && auxiliaries.test(kept[verb]!)) verb += 1;
  if (kept.length === 0 || !isVerb(kept[verb]!)) return null;
  if (mental.test(kept[verb]!)) return null;
  const rest = kept.slice(verb + 1);
  // After the verb only a preposition: another noun would be the object.
  if (rest.length > 1 || (rest.length === 1 && !preposition.test(rest[0]!)) || (rest[0] === 'of' && verb === 0)) return null;
  // "is of Rome" says nothing.
  return auxiliaries.test(kept[verb]!) && kept[verb] !== 'had' && rest.length === 0 && verb > 0 ? null : kept.join(' ');
}

function isVerb(word: string): boolean {
  const folded = foldWord(word);
  const tags = tagsOf(folded);
  return ['PastTense', 'PresentTense', 'Infinitive', 'Participle', 'Copula'].some((tag) => tags.has(tag)) || (/[^e]ed$/.test(folded) && !tags.has('Adjective'));
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
