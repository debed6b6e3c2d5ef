import { type EntityKind, genderOfFirstName, genderOfTitle, kindOf, type KindVotes, noVotes, votesOf } from './entity-kind.js';
import { isTitle, placeHeads, plainTitles } from './entity-words.js';
import { findNames, isCommonWord, type NamedSentence, type NameSpan } from './name-spans.js';

export type { EntityKind } from './entity-kind.js';

/** Somebody or something that a document names. Plain JSON. */
export interface Entity {
  /** The fullest form found: `Charles Darwin` for "Mr Darwin" and "Darwin's". */
  name: string;
  kind: EntityKind;
  /** Whether it is mostly written with an article: "the Danube". */
  definite: boolean;
  /** The other forms found, most frequent first, at most {@link maxAliases}. */
  aliases: string[];
  /** Mentions in the whole document, including those beyond the {@link maxMentions} that are listed. */
  count: number;
  /** In order; `text.slice(start, end)` is the form used there. */
  mentions: { start: number; end: number }[];
}

export interface EntityOptions {
  /** Who says "I" in the text: each "I" is a mention of theirs. Their names in the text become theirs too. */
  speaker?: { name: string };
}

/** The most frequent ones stay. */
export const maxEntities = 300;
export const maxMentions = 200;
export const maxAliases = 8;
/** Different spellings that are compared. */
const maxForms = 4_000;

/**
 * The people, places, organisations, works and other named things of an English text, most often named first.
 *
 * By rules: capitals tell names, titles, prepositions, verbs and first names tell kinds, and the forms of one name are
 * brought together over the document. Deterministic; time is linear in the length of `text`.
 */
export function entitiesOf(text: string, options: EntityOptions = {}): Entity[] {
  const { sentences, spans } = findNames(text);
  const forms = formsOf(sentences, spans);
  if (options.speaker) addSpeaker(options.speaker.name, sentences, forms);
  return mergeForms(forms)
    .filter(isWorthNaming)
    .map(entityOf)
    .sort((one, other) => other.count - one.count || one.mentions[0]!.start - other.mentions[0]!.start)
    .slice(0, maxEntities);
}

/** One spelling of a name, with all of its mentions. */
interface Form {
  name: string;
  words: string[];
  votes: KindVotes;
  mentions: { start: number; end: number }[];
  aliases: Map<string, number>;
  speaker: boolean;
  /** Mentions with an article. */
  articles: number;
}

function formsOf(sentences: NamedSentence[], spans: NameSpan[]): Map<string, Form> {
  const forms = new Map<string, Form>();
  let previous: { form: Form; span: NameSpan } | undefined;
  for (const span of spans) {
    const sentence = sentences[span.sentence]!;
    const words = span.tokens.slice(span.from, span.to).map((token) => token.folded);
    const key = words.join(' ');
    const name = sentence.text.slice(span.start - sentence.start, span.end - sentence.start).replace(/\s+/g, ' ');
    const form = forms.get(key) ?? newForm(name, words);
    forms.set(key, form);
    form.mentions.push({ start: span.start, end: span.end });
    if (span.tokens[span.from - 1]?.folded === 'the') form.articles += 1;
    const votes = votesOf(span, sentence);
    addVotes(form.votes, votes, 1);
    // The names of a list are of one kind: "Chile, Peru and the Galapagos Islands".
    if (previous && previous.span.sentence === span.sentence && isListGap(sentence, previous.span, span)) {
      addVotes(form.votes, previous.form.votes, 0.4 / previous.form.mentions.length);
      addVotes(previous.form.votes, votes, 0.4);
    }
    previous = { form, span };
  }
  return forms;
}

function newForm(name: string, words: string[]): Form {
  return { name, words, votes: noVotes(), mentions: [], aliases: new Map(), speaker: false, articles: 0 };
}

function addVotes(votes: KindVotes, more: KindVotes, weight: number): void {
  for (const kind of Object.keys(votes) as EntityKind[]) votes[kind] += more[kind] * weight;
}

function isListGap(sentence: NamedSentence, one: NameSpan, other: NameSpan): boolean {
  return /^,? ?(?:(?:and|or) )?(?:the )?$/.test(sentence.text.slice(one.end - sentence.start, other.start - sentence.start));
}

function addSpeaker(name: string, sentences: NamedSentence[], forms: Map<string, Form>): void {
  const words = name.toLowerCase().split(/\s+/);
  const form = forms.get(words.join(' ')) ?? newForm(name, words);
  form.votes.person += 100;
  form.speaker = true;
  for (const { tokens, text, start } of sentences) {
    let quoted = false;
    let from = 0;
    for (const token of tokens) {
      for (const mark of text.slice(from, token.start - start)) quoted = mark === '"' ? !quoted : mark === '“' || (mark !== '”' && quoted);
      from = token.end - start;
      if (!quoted && /^I(?:['’]\p{L}+)?$/u.test(token.text)) form.mentions.push({ start: token.start, end: token.start + 1 });
    }
  }
  if (form.mentions.length > 0) forms.set(words.join(' '), form);
}

/** Brings the forms of one name together: first the same person's titles and surnames, then shortened names of things. */
function mergeForms(forms: Map<string, Form>): Form[] {
  const frequent = [...forms.values()].sort((one, other) => other.mentions.length - one.mentions.length).slice(0, maxForms);
  const fullest = frequent.sort((one, other) => Number(other.speaker) - Number(one.speaker) || bareWords(other).length - bareWords(one).length || other.mentions.length - one.mentions.length);
  const byWord = new Map<string, Form[]>();
  const merged: Form[] = [];
  for (const form of fullest) {
    const words = bareWords(form);
    const target = (byWord.get(words[0]!) ?? []).concat(byWord.get(words.at(-1)!) ?? []).filter((candidate) => isSame(candidate, form));
    if (target.length > 0) {
      mergeInto(target.reduce((best, candidate) => (rank(candidate) > rank(best) ? candidate : best)), form);
      continue;
    }
    merged.push(form);
    for (const word of new Set([words[0]!, words.at(-1)!])) {
      const candidates = byWord.get(word) ?? [];
      // With very many people of one name, a bare name tells nobody.
      if (candidates.length < 20) byWord.set(word, [...candidates, form]);
    }
  }
  return merged;
}

const rank = (form: Form) => (form.speaker ? 0.5 : 0) + form.mentions.length;

/** The words of a name without plain titles: `mr darwin` is `darwin`, `lady byron` stays. */
function bareWords(form: Form): string[] {
  let at = 0;
  while (at < form.words.length - 1 && plainTitles.has(form.words[at]!)) at += 1;
  return form.words.slice(at);
}

function isSame(full: Form, short: Form): boolean {
  const [long, brief] = [bareWords(full), bareWords(short)];
  const kind = kindOf(full.votes);
  if (full.speaker && `${brief.join(' ')} `.startsWith(`${long.join(' ')} `)) return true;
  if (kind !== 'person') {
    const isPlaceHead = long.length === brief.length + 1 && long.slice(0, -1).join(' ') === brief.join(' ') && placeHeads.has(long.at(-1)!) && kind === 'place';
    const isShortTitle = kind === 'work' && kindOf(short.votes) === 'work' && brief.length > 1 && long.join(' ').endsWith(` ${brief.join(' ')}`);
    const isShip = /^h\.?m\.?s\.?$/.test(long[0]!) && long.slice(1).join(' ') === brief.join(' ');
    return long.join(' ') === brief.join(' ') || isPlaceHead || isShip || isShortTitle;
  }
  const [longGender, briefGender] = [genderOf(full), genderOf(short)];
  if (longGender !== null && briefGender !== null && longGender !== briefGender) return false;
  if (brief.length === 1 && kindOf(short.votes) === 'place' && short.votes.place > 2) return false;
  if (long.join(' ') === brief.join(' ')) return true;
  if (brief.length === 1) {
    const noble = isTitle(long[0]!) && !plainTitles.has(long[0]!);
    if (brief[0] === long.at(-1)) return true;
    // A first name alone means whoever bears it, unless it was called with a title.
    return brief[0] === long[0] && !noble && short.words.length === 1;
  }
  // "J. S. Henslow" and "John Stevens Henslow"; "John Henslow" and "John Stevens Henslow".
  return brief.at(-1) === long.at(-1) && brief.length <= long.length && (brief[0] === long[0] || (brief[0]!.replace('.', '').length === 1 && long[0]!.startsWith(brief[0]!.charAt(0))));
}

function genderOf(form: Form): 'm' | 'f' | null {
  const title = genderOfTitle(form.words[0]!);
  return title ?? (form.words.length > 1 ? genderOfFirstName(bareWords(form)[0]!) : null);
}

function mergeInto(target: Form, form: Form): void {
  if (form.name !== target.name) target.aliases.set(form.name, form.mentions.length);
  for (const [alias, count] of form.aliases) target.aliases.set(alias, (target.aliases.get(alias) ?? 0) + count);
  for (const mention of form.mentions) target.mentions.push(mention);
  // The short form also stands where its bearer is not meant: "the Bernoulli numbers".
  addVotes(target.votes, form.votes, 0.3);
  target.articles += form.articles;
}

/** A single word without a sign of what it is may be anything, and a common word must be written as a name again and again. */
function isWorthNaming(form: Form): boolean {
  if (form.words.length > 1) return true;
  if (isCommonWord(form.words[0]!)) return form.mentions.length > 2;
  return kindOf(form.votes) !== 'other' || form.mentions.length > 1;
}

function entityOf(form: Form): Entity {
  const words = form.name.split(' ');
  const plain = words.length > 2 && kindOf(form.votes) === 'person' && /^(?:mr|mrs|ms|miss|dr|professor|captain|uncle)\.?$/i.test(words[0]!);
  const name = plain ? words.slice(1).join(' ') : form.name;
  const aliases = [...form.aliases].filter(([alias]) => alias !== name).sort(([one, count], [other, most]) => most - count || (one < other ? -1 : 1));
  return {
    name,
    kind: kindOf(form.votes),
    definite: form.articles * 2 > form.mentions.length,
    aliases: aliases.slice(0, maxAliases).map(([alias]) => alias),
    count: form.mentions.length,
    mentions: form.mentions.sort((one, other) => one.start - other.start).slice(0, maxMentions),
  };
}
