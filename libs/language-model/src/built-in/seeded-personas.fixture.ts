import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PersonaVersion, personaVersion } from '@dramatis/contracts/persona';
import { chunkDocument } from '@dramatis/text/chunk';
import { extractDocument } from '@dramatis/text/extract';
import { tokenizeWords } from '@dramatis/text/keywords';
import type { Grounding } from '../port.js';
import { affinity, analyseQuestion, isSubjectWord } from './question.js';

export type GroundingPassage = Grounding['passages'][number];

export interface SeededPersona {
  persona: PersonaVersion;
  /** Its whole corpus, cut as the ingestion cuts it. */
  passages: Omit<GroundingPassage, 'number'>[];
}

const savedAt = '2026-01-01T00:00:00.000Z';

/** The personas that an installation begins with, with their corpora. */
export function seededPersonas(root: string): SeededPersona[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => {
    const profile = JSON.parse(readFileSync(join(root, name, 'persona.json'), 'utf8')) as Record<string, unknown>;
    const corpus = join(root, name, 'corpus');
    return {
      persona: personaVersion.parse({ ...profile, version: 1, publishedAt: savedAt, savedAt, savedBy: null, restoredFrom: null }),
      passages: readdirSync(corpus).sort().flatMap((file) => passagesOf(readFileSync(join(corpus, file), 'utf8'))),
    };
  });
}

function passagesOf(markdown: string): Omit<GroundingPassage, 'number'>[] {
  const documentTitle = /^title: (.+)$/m.exec(markdown)?.[1] ?? '';
  const document = extractDocument({ contentType: 'text/markdown', title: documentTitle, text: markdown });
  return chunkDocument(document).map(({ text, headingPath }) => ({ documentTitle, headingPath, text }));
}

interface LexicalIndex {
  bags: Map<string, number>[];
  lengths: number[];
  averageLength: number;
}

const indexes = new WeakMap<SeededPersona['passages'], LexicalIndex>();
const subjectStems = (text: string) =>
  tokenizeWords(text)
    .filter((word) => isSubjectWord(word.folded))
    .map((word) => word.stem);

function indexOf(passages: SeededPersona['passages']): LexicalIndex {
  const known = indexes.get(passages);
  if (known) return known;
  const stems = passages.map((passage) => subjectStems(`${passage.documentTitle} ${passage.headingPath.join(' ')} ${passage.text}`));
  const bags = stems.map((bag) => {
    const counts = new Map<string, number>();
    for (const stem of bag) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    return counts;
  });
  const lengths = stems.map((bag) => bag.length);
  const index = { bags, lengths, averageLength: lengths.reduce((sum, length) => sum + length, 0) / lengths.length };
  indexes.set(passages, index);
  return index;
}

/** The passages that share most with the query, best first: BM25 over words and their families, as a stand-in for the search engine. */
export function retrieve(passages: SeededPersona['passages'], query: string, count = 8): GroundingPassage[] {
  const { bags, lengths, averageLength } = indexOf(passages);
  const scores = passages.map(() => 0);
  for (const term of analyseQuestion(query, [], '').terms) {
    const frequencies = bags.map((bag) => [...bag].reduce((sum, [stem, count]) => sum + count * affinity(term, stem), 0));
    const containing = frequencies.filter((frequency) => frequency > 0).length;
    const rarity = Math.log(1 + (bags.length - containing + 0.5) / (containing + 0.5));
    frequencies.forEach((frequency, index) => {
      scores[index]! += (term.weight * rarity * frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * lengths[index]!) / averageLength));
    });
  }
  // Like a nearest-neighbour search, it always finds something.
  return passages
    .map((passage, index) => ({ passage, index, score: scores[index]! }))
    .sort((one, other) => other.score - one.score || one.index - other.index)
    .slice(0, count)
    .map(({ passage }, place) => ({ ...passage, number: place + 1 }));
}
