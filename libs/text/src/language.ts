import { francAll } from 'franc';

export interface DetectedLanguage {
  /** ISO 639-1, or `und` (undetermined). */
  language: string;
  /** 0-1: how far the text fits this language better than the next one, less for short texts. 0 for `und`. */
  confidence: number;
}

/** ISO 639-3 to 639-1 of the languages looked for: those with many written texts. Near dialects would only cost confidence. */
const isoCodes: Record<string, string> = Object.fromEntries(
  (
    'eng:en fra:fr deu:de spa:es por:pt ita:it nld:nl swe:sv dan:da nob:no fin:fi pol:pl ces:cs slk:sk slv:sl hrv:hr hun:hu ron:ro bul:bg ' +
    'rus:ru ukr:uk bel:be srp:sr mkd:mk ell:el tur:tr azj:az kaz:kk uzn:uz heb:he arb:ar pes:fa urd:ur hin:hi ben:bn tam:ta tel:te mal:ml kan:kn ' +
    'mar:mr guj:gu pan:pa npi:ne sin:si tha:th lao:lo khm:km mya:my vie:vi ind:id tgl:tl jav:jv cmn:zh jpn:ja kor:ko kat:ka hye:hy amh:am swh:sw ' +
    'hau:ha yor:yo ibo:ig zul:zu som:so lit:lt est:et cat:ca glg:gl eus:eu gle:ga afr:af sqi:sq als:sq'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const only = Object.keys(isoCodes);

/** The commonest short words of languages that share letters and much of their trigrams. */
const functionWords: Record<string, string> = {
  en: 'the of and to in is that it was for with as on', fr: 'le la les des et est une dans que qui du au pour je', de: 'der die und das ist nicht ein zu den mit sich auf von',
  es: 'el los las y que una del por con se su lo como', pt: 'o os as e que uma do da não com em mais dia', it: 'il che di e la una del della per non sono nello gli',
  nl: 'de het een en van dat niet te op ik zijn met voor', af: "die 'n en van nie het wat is om ek vir sy", sv: 'och att det som en är på av den inte jag med', da: 'og at det som en er på af den ikke jeg med til',
  no: 'og å det som en er på av ikke jeg med til for', fi: 'ja on ei että oli se hän mutta kun niin', pl: 'i w nie się na że do to jest jak', cs: 'a se na je že v to ale jako by', sk: 'a sa na je že v to ale ako by',
  ro: 'și în de la nu că este pe un cu din', hu: 'a az és hogy nem egy is van de meg', tr: 've bir bu da de için ile ne gibi çok', id: 'yang dan di itu dengan untuk dari ini tidak pada', ca: 'el la els i que una del amb per no és',
  hr: 'i je u se na da su za od što', la: 'et in est non ut ad cum quod qui sed atque sunt quae', ru: 'и в не на что я с он как это', uk: 'і в не на що я з він як це й', bg: 'и на да е в не се от за че',
};
const languagesOfWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(functionWords)) {
  for (const word of words.split(' ')) languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
}
/** What a text of function words alone would add to the score of its trigrams, which is 0-1. */
const functionWordWeight = 0.5;

const minLetters = 20;
/** Three windows of this size see past a title, or a notice in another language. */
const windowCharacters = 300;
/** A lead over the next language of this much is beyond doubt. */
const decisiveLead = 0.15;
const decisiveLetters = 120;

/** The language that most of `text` is written in: by its trigrams and its commonest words. Reads about 1 kB of it. */
export function detectLanguage(text: string): DetectedLanguage {
  const sample = sampleOf(text);
  const weight = weightOf(sample);
  if (weight < minLetters) return { language: 'und', confidence: 0 };
  const [best, second] = [...scoresOf(sample)].sort(([, one], [, other]) => other - one);
  if (!best) return { language: 'und', confidence: 0 };
  const confidence = Math.min(1, (best[1] - (second?.[1] ?? 0)) / decisiveLead) * Math.min(1, weight / decisiveLetters);
  return { language: best[0], confidence: Math.round(confidence * 100) / 100 };
}

function sampleOf(text: string): string {
  if (text.length <= windowCharacters * 3) return text;
  const starts = [0, (text.length - windowCharacters) >> 1, text.length - windowCharacters];
  return starts.map((start) => text.slice(start, start + windowCharacters)).join(' ').toWellFormed();
}

/** Letters, of which an ideograph counts for four. */
function weightOf(text: string): number {
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return (text.match(/\p{L}/gu)?.length ?? 0) + ideographs * 3;
}

function scoresOf(text: string): Map<string, number> {
  const scores = new Map<string, number>();
  for (const [code, score] of francAll(text, { only, minLength: 1 })) {
    const language = isoCodes[code];
    if (language) scores.set(language, Math.max(score, scores.get(language) ?? 0));
  }
  const words = text.toLowerCase().match(/[\p{L}\p{M}']+/gu) ?? [];
  for (const word of words) {
    for (const language of languagesOfWord.get(word) ?? []) {
      const score = scores.get(language);
      // 'a' alone does not bring in a language whose trigrams are not there.
      if (score !== undefined) scores.set(language, score + functionWordWeight / words.length);
    }
  }
  return scores;
}
