import { openEnded } from '@dramatis/contracts/knowledge';
import { mulberry32 } from './random.mjs';

const dimensions = 384;
/** Topics, subjects within them, passages about a subject: as in real corpora, near neighbours share a topic and some a subject. */
const topics = 60;
const subjectsPerTopic = 40;
const words = 20_000;
const wordsPerPassage = 180;
const sourceId = '00000000-0000-4000-8000-000000000000';

/** Every persona's share of all passages. The first is the hardest for a graph that is filtered, the last the easiest for an exact scan. */
export const shares = [
  { personaId: 'half', share: 0.5 },
  { personaId: 'third', share: 0.3 },
  { personaId: 'tenth', share: 0.1 },
  ...Array.from({ length: 10 }, (_, i) => ({ personaId: `hundredth-${i}`, share: 0.01 })),
];

/** The version that is searched: of a persona's passages four fifths are seen, a tenth was taken away before, a tenth comes later. */
export const searchedVersion = 5;

/** Clustered vectors of length 1 and texts with words of natural frequency, the same for the same seed. */
export class SyntheticCorpus {
  #random;
  #centres;

  constructor(seed = 1) {
    this.#random = mulberry32(seed);
    const topicCentres = Array.from({ length: topics }, () => this.#direction());
    this.#centres = topicCentres.flatMap((topic) => Array.from({ length: subjectsPerTopic }, () => this.#near(topic, 0.9)));
  }

  /** A passage's or a question's vector: around a subject. @param {number} [spread] */
  vector(spread = 0.75) {
    return this.#near(this.#centres[Math.floor(this.#random() * this.#centres.length)], spread);
  }

  passage(personaId, ordinal) {
    const fate = ordinal % 10;
    const text = this.text(wordsPerPassage);
    return {
      passageId: `${personaId}-${ordinal}`,
      personaId,
      documentId: `${personaId}-${Math.floor(ordinal / 20)}`,
      sourceId,
      documentTitle: this.text(4),
      headingPath: [this.text(3)],
      ordinal: ordinal % 20,
      text,
      tokens: wordsPerPassage,
      startOffset: 0,
      endOffset: text.length,
      validFrom: fate === 1 ? searchedVersion + 1 : 1,
      validTo: fate === 0 ? searchedVersion : openEnded,
    };
  }

  /** Words by Zipf's law. @param {number} count */
  text(count) {
    return Array.from({ length: count }, () => wordOf(Math.floor(words ** this.#random()))).join(' ');
  }

  /** The sum of a direction and noise of this length, scaled to length 1. */
  #near(centre, spread) {
    const noise = this.#direction();
    return unit(centre.map((value, i) => value + spread * noise[i]));
  }

  #direction() {
    return unit(Float32Array.from({ length: dimensions }, () => gaussian(this.#random)));
  }
}

/** Pronounceable, and without a stem in common with another. */
function wordOf(rank) {
  const consonants = 'bdfgklmnprstvz';
  const vowels = 'aeiou';
  let text = '';
  for (let rest = rank + 70; rest > 0; rest = Math.floor(rest / 70)) {
    const syllable = rest % 70;
    text += consonants[Math.floor(syllable / 5)] + vowels[syllable % 5];
  }
  return text;
}

function unit(vector) {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  return vector.map((value) => value / norm);
}

function gaussian(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
