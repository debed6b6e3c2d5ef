import { nearestSentence, packSentences, unpackSentences } from './sentence-vectors.js';

/** A direction in 384 dimensions, of length 1. */
function direction(seed: number): Float32Array {
  const values = Float32Array.from({ length: 384 }, (_, i) => Math.sin(seed * 1_000 + i * i));
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const stored = (...vectors: Float32Array[]) => unpackSentences(packSentences(vectors));

describe('sentence vectors', () => {
  it('keep their cosines to a hundredth, in a byte a number', () => {
    const [a, b, question] = [direction(1), direction(2), direction(3)];
    const sentences = stored(a, b);
    expect(sentences).toHaveLength(2 * 384);
    expect(nearestSentence(sentences, question)).toBeCloseTo(Math.max(cosine(a, question), cosine(b, question)), 2);
  });

  it('give the nearest, wherever it stands', () => {
    const question = direction(1);
    for (const vectors of [[question, direction(2)], [direction(2), question]]) expect(nearestSentence(stored(...vectors), question)).toBeCloseTo(1, 3);
    expect(nearestSentence(stored(question.map((value) => -value)), question)).toBeCloseTo(-1, 3);
  });

  it('are no evidence when there are none, or when they say nothing', () => {
    expect(nearestSentence(stored(), direction(1))).toBeNull();
    expect(nearestSentence(stored(new Float32Array(384)), direction(1))).toBe(0);
  });
});
