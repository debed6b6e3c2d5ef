import { embedPassages } from './embed-passages.js';

/** Every text has an axis of its own, so that a vector says what it was made of. */
function axes(maxBatch = 100) {
  const texts: string[] = [];
  const batches: string[][] = [];
  return {
    texts,
    batches,
    embedder: {
      maxBatch,
      embed: async (batch: readonly string[]) => {
        batches.push([...batch]);
        texts.push(...batch.filter((text) => !texts.includes(text)));
        return batch.map((text) => Float32Array.from({ length: 10 }, (_, i) => (texts[i] === text ? 1 : 0)));
      },
    },
  };
}

const passage = (text: string, headingPath = ['Cards']) => ({ documentTitle: 'Notes', headingPath, text });

describe('embedPassages', () => {
  it('embeds each sentence, and makes the passage of their mean and its headings', async () => {
    const { embedder, texts } = axes();
    const [embedded] = await embedPassages(embedder, [passage('Cards are punched. The mill reads them.')]);
    expect(texts).toEqual(['Notes: Cards', 'Cards are punched.', 'The mill reads them.']);
    expect(embedded!.sentences!.map((vector) => vector.indexOf(1))).toEqual([1, 2]);
    const [heading, first, second] = embedded!.vector;
    expect(Math.hypot(...embedded!.vector)).toBeCloseTo(1, 5);
    expect(first).toBeCloseTo(second!, 5);
    expect(heading! / first!).toBeCloseTo(0.4 * Math.SQRT2, 5);
  });

  it('asks for a text once, and for no more at once than the embedder takes', async () => {
    const { embedder, batches } = axes(2);
    await embedPassages(embedder, [passage('One thing.'), passage('Another thing. One thing.')]);
    expect(batches).toEqual([['Notes: Cards', 'One thing.'], ['Another thing.']]);
  });

  it('takes a text without a sentence as it is', async () => {
    const [embedded] = await embedPassages(axes().embedder, [passage('…')]);
    expect(embedded!.sentences).toHaveLength(1);
  });

  it('makes the same of a passage whatever else is in the batch', async () => {
    const { embedder } = axes();
    const [alone] = await embedPassages(embedder, [passage('One thing. And more.')]);
    const [, beside] = await embedPassages(embedder, [passage('Another thing.'), passage('One thing. And more.')]);
    expect(beside!.vector).toEqual(alone!.vector);
  });
});
