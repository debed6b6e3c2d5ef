import { EmbedderError } from '../port.js';

/**
 * What a service answered, as one vector of length 1 for each text.
 * @throws EmbedderError malformed_response for another number of vectors, or what is not a number; wrong_dimensions
 */
export function unitVectors(embedder: string, answer: unknown, expected: { count: number; dimensions: number }): Float32Array[] {
  if (!Array.isArray(answer) || answer.length !== expected.count) {
    const given = Array.isArray(answer) ? `${answer.length} vectors` : 'no vectors';
    throw new EmbedderError('malformed_response', `${embedder} gave ${given} for ${expected.count} texts.`);
  }
  return answer.map((vector) => unitVector(embedder, vector, expected.dimensions));
}

function unitVector(embedder: string, given: unknown, dimensions: number): Float32Array {
  if (!Array.isArray(given) && !(given instanceof Float32Array)) {
    throw new EmbedderError('malformed_response', `${embedder} gave something else than a vector.`);
  }
  if (given.length !== dimensions) {
    const message = `${embedder} gives vectors of ${given.length} dimensions, and not of ${dimensions} as its settings say. Correct them, or the model's name.`;
    throw new EmbedderError('wrong_dimensions', message);
  }
  const vector = Float32Array.from(given as ArrayLike<number>, (value: unknown) => (typeof value === 'number' ? value : Number.NaN));
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm) || norm === 0) {
    throw new EmbedderError('malformed_response', `${embedder} gave a vector with something else than numbers in it, or of length 0.`);
  }
  return vector.map((value) => value / norm);
}
