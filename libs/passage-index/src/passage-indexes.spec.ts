import { createSearchClient } from './client.js';
import { PassageIndexes } from './passage-indexes.js';

const client = createSearchClient({ url: 'http://127.0.0.1:9200' });
afterAll(() => client.close());

describe('PassageIndexes', () => {
  const indexes = new PassageIndexes(client, { firstEmbedder: 'all-MiniLM-L6-v2/int8/384' });

  it('keeps the name that the index had before embedders could be chosen, for the one that made it', () => {
    expect(indexes.aliasOf('all-MiniLM-L6-v2/int8/384')).toBe('dramatis-passages');
  });

  it('names the index of each other after it, always the same', () => {
    const aliases = ['openai/m/768', 'openai/m/256', 'ollama/m/768'].map((id) => indexes.aliasOf(id));
    expect(new Set(aliases).size).toBe(3);
    for (const alias of aliases) expect(alias).toMatch(/^dramatis-passages-[0-9a-f]{12}$/);
    expect(indexes.aliasOf('openai/m/768')).toBe(aliases[0]);
  });

  it('has one index for one embedder', () => {
    const embedder = { id: 'ollama/m/768', dimensions: 768 };
    expect(indexes.of(embedder)).toBe(indexes.of({ ...embedder }));
  });
});
