import { cosineOfUnitVectors } from './similarity.js';
import type { Embedder } from './port.js';

/** What every adapter of the port must do. Call inside a `describe`; `create` makes one that works. */
export function itIsAnEmbedder(create: () => Embedder): void {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = create();
    await embedder.warmUp();
  });
  afterAll(() => embedder.close());

  const length = (vector: Float32Array) => Math.sqrt(cosineOfUnitVectors(vector, vector));

  it('gives a vector of length 1 for each text, in their order', async () => {
    const texts = ['A cat.', 'The Analytical Engine weaves algebraical patterns. '.repeat(20), '', '😀', 'A cat.'];
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(length(vector)).toBeCloseTo(1, 4);
    }
    expect(cosineOfUnitVectors(vectors[0]!, vectors[4]!)).toBeCloseTo(1, 5);
  });

  it('gives the same vector alone and in a batch', async () => {
    const text = 'How did you come to write about the engine?';
    const [alone] = await embedder.embed([text]);
    const batch = await embedder.embed(['A much longer neighbour that makes padding necessary. '.repeat(8), text, 'Short.']);
    expect(cosineOfUnitVectors(alone!, batch[1]!)).toBeGreaterThan(0.999);
  });

  it('places like meanings near each other', async () => {
    const [question, near, far] = await embedder.embed([
      'When was she born?',
      'Her birth was on the tenth of December 1815.',
      'Pizza tastes best with mushrooms and basil.',
    ]);
    expect(cosineOfUnitVectors(question!, near!)).toBeGreaterThan(cosineOfUnitVectors(question!, far!) + 0.2);
  });

  it('takes no text, and a very long one', async () => {
    expect(await embedder.embed([])).toEqual([]);
    const [words, letters] = await embedder.embed(['word '.repeat(40_000), 'x'.repeat(200_000)]);
    expect(length(words!)).toBeCloseTo(1, 4);
    expect(length(letters!)).toBeCloseTo(1, 4);
  });

  it('refuses more than its batch', async () => {
    const texts = new Array<string>(embedder.maxBatch + 1).fill('text');
    await expect(embedder.embed(texts)).rejects.toMatchObject({ name: 'EmbedderError', code: 'batch_too_large', retryable: false });
  });

  it('stops when aborted, with the reason given', async () => {
    const reason = new Error('enough');
    await expect(embedder.embed(['text'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

    const controller = new AbortController();
    const running = embedder.embed(new Array<string>(embedder.maxBatch).fill('A passage of some length. '.repeat(30)), { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(running).rejects.toBe(reason);
    expect(await embedder.embed(['It goes on working.'])).toHaveLength(1);
  });

  it('serves callers side by side', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `Question number ${i}?`);
    const together = await Promise.all(texts.map((text) => embedder.embed([text])));
    const batch = await embedder.embed(texts);
    for (const [i, [vector]] of together.entries()) expect(cosineOfUnitVectors(vector!, batch[i]!)).toBeGreaterThan(0.999);
  });

  it('throws when used after its end', async () => {
    const other = create();
    await other.warmUp();
    await other.close();
    await expect(other.embed(['text'])).rejects.toMatchObject({ name: 'EmbedderError', code: 'closed' });
  });
}
