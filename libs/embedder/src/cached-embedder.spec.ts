import { createCachedEmbedder } from './cached-embedder.js';
import { type Embedder, EmbedderError } from './port.js';

/** Counts what it is asked for; fails for the text `fail`. */
class CountingEmbedder implements Embedder {
  readonly id = 'counting';
  readonly dimensions = 1;
  readonly maxBatch = 8;
  readonly asked: string[] = [];

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.asked.push(...texts);
    if (texts.includes('fail')) throw new EmbedderError('unavailable', 'asked to fail');
    return texts.map((text) => Float32Array.of(text.length));
  }

  async warmUp(): Promise<void> {}
  async close(): Promise<void> {}
}

describe('createCachedEmbedder', () => {
  it('embeds a query once, also when asked twice at once', async () => {
    const inner = new CountingEmbedder();
    const embedder = createCachedEmbedder(inner);
    const [[first], [second]] = await Promise.all([embedder.embed(['why']), embedder.embed(['why'])]);
    expect(await embedder.embed(['why'])).toEqual([first]);
    expect(second).toEqual(first);
    expect(inner.asked).toEqual(['why']);
  });

  it('forgets the least recently used', async () => {
    const inner = new CountingEmbedder();
    const embedder = createCachedEmbedder(inner, { maxEntries: 2 });
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await embedder.embed([text]);
    expect(inner.asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('does not remember failures', async () => {
    const inner = new CountingEmbedder();
    const embedder = createCachedEmbedder(inner);
    for (let i = 0; i < 2; i += 1) await expect(embedder.embed(['fail'])).rejects.toMatchObject({ code: 'unavailable' });
    expect(inner.asked).toEqual(['fail', 'fail']);
  });

  it('lets batches through', async () => {
    const inner = new CountingEmbedder();
    const embedder = createCachedEmbedder(inner);
    await embedder.embed(['a', 'b']);
    await embedder.embed(['a', 'b']);
    expect(inner.asked).toHaveLength(4);
  });

  it('keeps the work of one who stopped waiting', async () => {
    const inner = new CountingEmbedder();
    const embedder = createCachedEmbedder(inner);
    const controller = new AbortController();
    const aborted = embedder.embed(['why'], { signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(aborted).rejects.toThrow('gone');
    await embedder.embed(['why']);
    expect(inner.asked).toEqual(['why']);
  });
});
