import { isKeyword, stem, tokenizeWords } from '@dramatis/text/keywords';
import { wordFamilies } from './word-families.js';

export type QuestionKind = 'why' | 'when' | 'where' | 'who' | 'how' | 'howMany' | 'define' | 'list' | 'other';

/** One word of the question that says what it is about. */
export interface Term {
  stem: string;
  text: string;
  /** 0-2: names and numbers weigh most, words of asking least. */
  weight: number;
  isName: boolean;
  /** Stems that may stand for it, each 0-1 as good as the word itself. */
  kin: ReadonlyMap<string, number>;
}

export interface AnalysedQuestion {
  /** The message, in one line, without marks. */
  text: string;
  kind: QuestionKind;
  terms: Term[];
  /** Whether it asks for something, rather than telling. */
  isAsking: boolean;
  /** Whether it takes up what was said before, so that its terms are mostly those of the message before. */
  isFollowUp: boolean;
  /** A greeting or a question about the conversation, without a subject. */
  isSmallTalk: boolean;
}

const kinds: [QuestionKind, RegExp][] = [
  ['why', /\b(?:why|how come|what (?:made|led|drove|moved|prompted) you|(?:what|which) (?:is|was|were|are) (?:the|your) (?:reasons?|motives?|purpose)|for what reason|reasons? (?:for|why|to))\b/i],
  ['howMany', /\bhow (?:many|much|long|old|far|often|large|big|tall|heavy)\b/i],
  ['when', /(?:\b(?:what|which) (?:year|date|day)|\bat what age|\bsince when|\bwhen (?:did|was|were|is|are|do|does|will|had|has|have|exactly)|^when)\b/i],
  ['where', /(?:\bwhere (?:did|was|were|is|are|do|does|had|has|have|exactly)|^where|\bin (?:what|which) (?:place|country|city|town)|\bwhich (?:country|city|places?))\b/i],
  ['who', /(?:(?:^|[?.!,;:] *|\band )(?:who|whom|whose)|\b(?:by|of|from|with|to) whom|\bwhich (?:person|people|man|woman|friend|scientists?))\b/i],
  ['list', /\b(?:steps?|step by step|kinds? of|types? of|list|what are the|which are|parts of|stages|in what order|(?:main|chief) (?:arguments?|points?|ideas?|beliefs?)|sum up|summari[sz]e|outline)\b/i],
  ['define', /^(?:and |but |so |please )?(?:what(?:'s| is| are| was| were)(?! it like\b)|define|who (?:is|was)|what do(?:es)? .*\bdo\b|what do you mean by|what does .* mean)\b/i],
  ['how', /\bhow\b/i],
];

/** Words that ask rather than say about what. */
const weak = new Set(
  (
    'happen main real really exactly important best favourite favorite difference differ differently opinion view views reason reasons kind kinds type types example examples ' +
    'step steps order year years time life people idea ideas argue argument argument short brief briefly word words detail details bit little help ' +
    'mean means work works part parts main good great big long old many much far often true sense matter explain account story teach learn ' +
    'deal day days two three four five six seven eight nine ten write writing written wrote read use find show call twenty thirty forty fifty hundred thousand several year react respond compare consider regard believe person someone anyone today modern now sum summary summarise outline list different difficult hard easy accord according'
  )
    .split(' ')
    .map(stem),
);

/** Words that ask for a side of the subject: sections are often named by them. */
const facets = new Set('argument reason step part kind type example difference order objection cause idea view opinion origin'.split(' ').map(stem));

const kinOf: ReadonlyMap<string, ReadonlyMap<string, number>> = (() => {
  const kin = new Map<string, Map<string, number>>();
  for (const family of wordFamilies) {
    const stems = [...new Set(family.map(stem))];
    for (const one of stems) {
      const relatives = kin.get(one) ?? new Map<string, number>();
      for (const other of stems) if (other !== one) relatives.set(other, 0.6);
      kin.set(one, relatives);
    }
  }
  return kin;
})();
const noKin: ReadonlyMap<string, number> = new Map();

const greeting = /^(?:hi|hello|hey|good (?:day|morning|evening|afternoon)|greetings|salve|dear)\b/i;
const aboutYou = /\b(?:who are you|tell me (?:\w+ )?about (?:yourself|your life|you)|introduce yourself|about yourself|your life story)\b/i;
const continuing = /^(?:and|but|so|or|then|why|how so|how come|really|go on|continue|more|tell me more|say more|what else|anything else|else|is that all|such as|like what|for example|for instance|in what way|what do you mean|could you|can you|please)\b/i;
const pronoun = /\b(?:that|this|it|they|them|he|him|she|her|those|these|one|so|there)\b/i;
const imperative = /^(?:please\s+)?(?:tell|explain|describe|give|list|show|name|define|compare|summari[sz]e|talk|speak|teach|outline|discuss|help|go on|continue|say)\b/i;
const askingWord = /^(?:and |but |so |or |then |well,? )?(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|shall|may|might|must|have|has|had|am)\b/i;

/** Words that mostly belong to asking ("what do you think of"), but can be what is asked about ("can it think"). */
const thinkingWords = new Set('think thinking thought thoughts feel feeling feelings believe believer know knowing speak speaking question questions answer answers'.split(' '));

/** Whether a folded word can say what a text is about. */
export function isSubjectWord(folded: string): boolean {
  return isKeyword(folded) || thinkingWords.has(folded);
}

/** What is asked, and with which words to look for the answer. */
export function analyseQuestion(question: string, history: readonly { userText: string }[], personaName: string): AnalysedQuestion {
  const text = oneLine(question);
  const own = termsOf(text, personaName, 1);
  const isSelfIntroduction = aboutYou.test(text);
  const before = history.at(-1)?.userText;
  const strong = own.filter((term) => term.weight >= 1).length;
  const isFollowUp =
    before !== undefined &&
    !isSelfIntroduction &&
    (own.length === 0 || (strong <= 2 && continuing.test(text)) || (strong <= 1 && pronoun.test(text) && text.split(' ').length <= 12));
  const inherited = isFollowUp ? termsOf(oneLine(threadOf(history, personaName)), personaName, strong === 0 ? 0.9 : 0.5) : [];
  const known = new Set(own.map((term) => term.stem));
  const terms = [...own, ...inherited.filter((term) => !known.has(term.stem))];
  if (isSelfIntroduction) terms.push(...termsOf('born life outline work', personaName, 1));
  return {
    text,
    kind: isSelfIntroduction ? 'define' : (kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'),
    terms,
    isAsking: text.includes('?') || askingWord.test(text) || imperative.test(text),
    isFollowUp,
    isSmallTalk: terms.length === 0 || (greeting.test(text) && strong === 0),
  };
}

/** The latest message with a subject of its own: "why?" after "and then?" still means what came before both. */
function threadOf(history: readonly { userText: string }[], personaName: string): string {
  const withSubject = history.findLast((turn) => termsOf(oneLine(turn.userText), personaName, 1).some((term) => term.weight >= 1));
  return withSubject?.userText ?? history.at(-1)!.userText;
}

function termsOf(text: string, personaName: string, factor: number): Term[] {
  const ownName = new Set(tokenizeWords(personaName).map((word) => word.stem));
  const terms = new Map<string, Term>();
  const words = tokenizeWords(text.replace(aboutYou, ' '));
  for (const [index, word] of words.entries()) {
    if (!isSubjectWord(word.folded) || ownName.has(word.stem) || terms.has(word.stem)) continue;
    if (thinkingWords.has(word.folded) && /^(?:you|your|i|me|a|this|that|to|my)$/.test(words[index - 1]?.folded ?? 'you')) continue;
    const isName = /^\p{Lu}/u.test(word.text) && !opensSentence(text, word.start);
    const isNumber = /\d/.test(word.text);
    const weight = isName || isNumber ? 1.6 : facets.has(word.stem) ? 0.6 : weak.has(word.stem) ? 0.35 : 1;
    terms.set(word.stem, { stem: word.stem, text: word.text, weight: weight * factor, isName, kin: isName ? noKin : (kinOf.get(word.stem) ?? noKin) });
  }
  return [...terms.values()];
}

function opensSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:]\s+|["'“‘(]\s*)$/.test(text.slice(0, at));
}

function oneLine(text: string): string {
  return text
    .replace(/[*_`#>[\]{}|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** How well a word of a text stands for the term, 0-1: itself, a relative, or a derivation with the same beginning. */
export function affinity(term: Term, textStem: string): number {
  if (term.stem === textStem) return 1;
  const kin = term.kin.get(textStem);
  if (kin !== undefined) return kin;
  if (term.stem.length < 5 || textStem.length < 5) return 0;
  // Stoic and Stoicism belong together, Commodus and common do not.
  if (term.isName) return term.stem.startsWith(textStem) || textStem.startsWith(term.stem) ? 0.8 : 0;
  let shared = 0;
  while (shared < term.stem.length && term.stem[shared] === textStem[shared]) shared++;
  return shared >= 5 && shared >= 0.6 * Math.max(term.stem.length, textStem.length) ? 0.7 : 0;
}
