import type { Passage } from '@dramatis/contracts/knowledge';
import type { Embedder } from '@dramatis/embedder/port';
import type { IndexedPassage } from '@dramatis/passage-index/passage-index';
import { splitSentences } from '@dramatis/text/sentences';

type Embedded = Pick<Passage, 'documentTitle' | 'headingPath' | 'text'>;

/** How much title and headings count beside the mean of the sentences. Measured, see docs/decisions. */
const headingWeight = 0.4;

interface PassageTexts {
  /** Title and headings. */
  heading: string;
  sentences: string[];
}

/**
 * Passages with their vectors. Each sentence is embedded alone and kept, and the passage's own vector is their mean, with its title and
 * headings: that costs about a tenth more than to embed the passage as a whole, and finds more. See docs/decisions on ranking.
 * @throws EmbedderError
 * @throws the signal's reason, when it is aborted
 */
export async function embedPassages<T extends Embedded>(
  embedder: Pick<Embedder, 'embed' | 'maxBatch'>,
  passages: readonly T[],
  options: { signal?: AbortSignal } = {},
): Promise<(Omit<IndexedPassage, 'passage'> & { passage: T })[]> {
  const texts = passages.map(textsOf);
  const vectors = await embedEach(embedder, new Set(texts.flatMap(({ heading, sentences }) => [heading, ...sentences])), options);
  return passages.map((passage, i) => {
    const { heading, sentences } = texts[i]!;
    const own = sentences.map((sentence) => vectors.get(sentence)!);
    return { passage, vector: passageVector(own, vectors.get(heading)!), sentences: own };
  });
}

function textsOf({ documentTitle, headingPath, text }: Embedded): PassageTexts {
  const sentences = splitSentences(text).map((sentence) => sentence.text);
  return { heading: [documentTitle, ...headingPath].join(': '), sentences: sentences.length > 0 ? sentences : [text] };
}

/** Each text once: passages of a section have its heading in common. */
async function embedEach(
  embedder: Pick<Embedder, 'embed' | 'maxBatch'>,
  texts: ReadonlySet<string>,
  options: { signal?: AbortSignal },
): Promise<Map<string, Float32Array>> {
  const all = [...texts];
  const vectors = new Map<string, Float32Array>();
  for (let from = 0; from < all.length; from += embedder.maxBatch) {
    const batch = all.slice(from, from + embedder.maxBatch);
    for (const [i, vector] of (await embedder.embed(batch, options)).entries()) vectors.set(batch[i]!, vector);
  }
  return vectors;
}

function passageVector(sentences: readonly Float32Array[], heading: Float32Array): Float32Array {
  const mean = toUnit(sentences.reduce((sum, vector) => sum.map((value, i) => value + vector[i]!), new Float32Array(heading.length)));
  return toUnit(mean.map((value, i) => value + headingWeight * heading[i]!));
}

function toUnit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
