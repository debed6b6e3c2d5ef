import {
  eventHeads, femaleTitles, isTitle, maleTitles, organisationHeads, partHeads, personNouns, personVerbs, placeHeads, placeNouns, placePrepositions, knownPlaces, workHeads,
} from './entity-words.js';
import { tagsOf } from './lexicon.js';
import { isCommonWord, type NamedSentence, type NameSpan } from './name-spans.js';

/** `other`: named things, events and peoples. */
export type EntityKind = 'person' | 'place' | 'organisation' | 'work' | 'other';

export type KindVotes = Record<EntityKind, number>;

export const noVotes = (): KindVotes => ({ person: 0, place: 0, organisation: 0, work: 0, other: 0 });

/** What a name itself and the words around it say of its kind; votes above 1 are nearly certain. */
export function votesOf({ tokens, from, to }: NameSpan, sentence: NamedSentence): KindVotes {
  const votes = noVotes();
  voteByName(tokens.slice(from, to).map((token) => token.folded), votes);
  voteByContext(tokens.map((token) => token.folded), from, to, sentence, votes);
  return votes;
}

function voteByName(name: string[], votes: KindVotes): void {
  const [first, last] = [name[0]!, name.at(-1)!];
  const ofAt = name.findIndex((word, at) => at > 0 && /^(?:of|on|to|from)$/.test(word));
  const head = ofAt > 0 ? name[ofAt - 1]! : last;
  const tags = tagsOf(name.join(' '));
  const firstTags = tagsOf(first);

  if (isTitle(first) && name.length > 1) votes.person += 3;
  else if (partHeads.has(first) && name.length > 1) votes.other += 4;
  else if (/^(?:north|south|east|west|new|upper|lower)$/.test(first) && name.length === 2) votes.place += 2;
  else if (organisationHeads.has(head) || (first === 'royal' && name.length > 1)) votes.organisation += 3;
  else if (workHeads.has(head) && name.length > 1) votes.work += 3;
  else if (eventHeads.has(head) && name.length > 1) votes.other += 3;
  else if ((placeHeads.has(head) || placeHeads.has(first) || (first === 'st' && !(name.length > 2 && genderOfFirstName(name[1]!) !== null))) && name.length > 1) votes.place += 3;

  for (const tag of tags) {
    if (tag === 'City' || tag === 'Country' || tag === 'Region') votes.place += 1.5;
    else if (tag === 'Place') votes.place += 1;
    else if (tag === 'Person') votes.person += 1.5;
    else if (tag === 'Organization' && name.length > 1) votes.organisation += 1;
  }
  if (genderOfFirstName(first) !== null || firstTags.has('FirstName')) votes.person += name.length > 1 ? 1.5 : 0.6;
  if (name.length === 1 && (firstTags.has('LastName') || firstTags.has('Person'))) votes.person += 0.5;
  if (name.length > 1 && tagsOf(last).has('LastName')) votes.person += 0.5;
  if (name.length > 1 && name.length < 4 && !name.some((word) => tagsOf(word).size > 0 || isTitle(word))) votes.person += 0.38;
  if (/^[a-z]\.?$/.test(first) && name.length > 1) votes.person += 1;
  if (name.length === 1 && knownPlaces.has(first)) votes.place += 1.5;
  if (name.length === 1 && /(?:shire|burgh|borough|stan|chester)$/.test(first)) votes.place += 0.8;
}

function voteByContext(words: string[], from: number, to: number, { text, start, tokens }: NamedSentence, votes: KindVotes): void {
  const [before, twoBefore, after] = [words[from - 1] ?? '', words[from - 2] ?? '', words[to] ?? ''];
  const gapAfter = to < words.length ? text.slice(tokens[to - 1]!.end - start, tokens[to]!.start - start) : '';
  const possessive = /['’]s$/.test(tokens[to - 1]!.text);

  if (personNouns.has(before) && !(before === 'king' || before === 'queen')) votes.person += 1.2;
  if (!possessive && personVerbs.has(after) && gapAfter === ' ') votes.person += 1;
  if (before !== 'of' && gapAfter === ', ' && (after === 'who' || after === 'whose' || after === 'whom')) votes.person += 1.5;
  if (before !== 'of' && gapAfter === ', ') {
    const apposition = words.slice(to, to + 4);
    if (apposition.some((word) => personNouns.has(word)) && !apposition.some((word) => word === 'where')) votes.person += 0.8;
    if (apposition.includes('capital') || apposition.includes('where')) votes.place += 0.8;
  }
  if (possessive) votes.person += 0.4;
  // "gave Sabine the map": not after an article, which stands before things.
  const article = before === 'the' || before === 'a' || before === 'this';
  const preposition = placePrepositions.get(before);
  if (preposition !== undefined && !possessive) votes.place += preposition * 0.9;
  if (before === 'of' && placeNouns.has(twoBefore)) votes.place += 1;
  // Alexander of Cotiaeum.
  if (before === 'of' && from > 1 && tokens[from - 2]!.capital && !isCommonWord(twoBefore) && !/^(?:forum|temple|column|arch|baths|tomb|statue|shrine)$/.test(twoBefore)) votes.place += 0.8;
  // Asa Gray of Harvard.
  if (after === 'of' && tokens[to + 1]?.capital && to - from === 2 && !isCommonWord(words[from]!)) votes.person += 0.5;
  if (before === 'with' || before === 'by' || before === 'told' || before === 'met') votes.person += 0.4;
  if (article) {
    votes.person -= 0.8;
    votes.other += 0.6;
  }
}

export function genderOfFirstName(word: string): 'm' | 'f' | null {
  const tags = tagsOf(word);
  if (tags.has('FemaleName') === tags.has('MaleName')) return null;
  return tags.has('FemaleName') ? 'f' : 'm';
}

export function genderOfTitle(word: string): 'm' | 'f' | null {
  if (femaleTitles.has(word)) return 'f';
  return maleTitles.has(word) ? 'm' : null;
}

/** The kind with most votes. Without any sign it is `other`. */
export function kindOf(votes: KindVotes): EntityKind {
  let best: EntityKind = 'other';
  let most = Math.max(0.35, votes.other);
  for (const kind of ['person', 'place', 'organisation', 'work'] as const) {
    if (votes[kind] > most) [best, most] = [kind, votes[kind]];
  }
  return best;
}
