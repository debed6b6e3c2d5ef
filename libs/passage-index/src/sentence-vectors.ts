/** Vectors of a passage's sentences with one byte a number: what a ranking needs, in a quarter of the room. Each of the same length. */
export type SentenceVectors = Int8Array;

const greatest = 127;

/** Vectors as base64, to be kept with a passage. Each is scaled by its own greatest number, which leaves its direction as it is. */
export function packSentences(vectors: readonly Float32Array[]): string {
  return Buffer.concat(vectors.map(toBytes)).toString('base64');
}

export function unpackSentences(packed: string): SentenceVectors {
  return Int8Array.from(Buffer.from(packed, 'base64'));
}

/** Cosine of a vector and the nearest of the sentences, -1 to 1, within 0.01; null without any. */
export function nearestSentence(sentences: SentenceVectors, vector: Float32Array): number | null {
  let nearest: number | null = null;
  for (let from = 0; from + vector.length <= sentences.length; from += vector.length) {
    let product = 0;
    let squares = 0;
    for (let i = 0; i < vector.length; i += 1) {
      const value = sentences[from + i]!;
      product += value * vector[i]!;
      squares += value * value;
    }
    const cosine = product / (Math.sqrt(squares) || 1);
    if (nearest === null || cosine > nearest) nearest = cosine;
  }
  return nearest;
}

function toBytes(vector: Float32Array): Buffer {
  const scale = greatest / (vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1);
  return Buffer.from(Int8Array.from(vector, (value) => Math.round(value * scale)).buffer);
}
