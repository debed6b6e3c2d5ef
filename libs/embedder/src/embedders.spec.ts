import { createCachedEmbedder } from './cached-embedder.js';
import { EmbedderNotConfiguredError, embeddersFromSettings } from './embedders.js';
import { embedderSettings } from './settings.js';

const settings = (env: Record<string, string> = {}) =>
  embedderSettings.parse({ EMBEDDER_MODEL_DIR: '/models', OLLAMA_EMBEDDING_MODEL: 'nomic-embed-text', OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small', ...env });

describe('embeddersFromSettings', () => {
  it('has each that is configured, by its id, and one for new corpora', () => {
    const embedders = embeddersFromSettings(settings({ DRAMATIS_EMBEDDER: 'ollama' }), (embedder) => createCachedEmbedder(embedder));
    expect(embedders.configured.map(({ provider, model, embedder: { id } }) => [provider, model, id])).toEqual([
      ['built-in', 'all-MiniLM-L6-v2', 'all-MiniLM-L6-v2/int8/384'],
      ['openai', 'text-embedding-3-small', 'openai/text-embedding-3-small/1536'],
      ['ollama', 'nomic-embed-text', 'ollama/nomic-embed-text/768'],
    ]);
    expect(embedders.default.id).toBe('ollama/nomic-embed-text/768');
    expect(embedders.get('openai/text-embedding-3-small/1536').dimensions).toBe(1_536);
  });

  it('finds the one that made a corpus, which may be older than the choice', () => {
    const embedders = embeddersFromSettings(settings({ DRAMATIS_EMBEDDER: 'ollama' }));
    expect(embedders.ofCorpus({ corpusVersion: 0 }).id).toBe('ollama/nomic-embed-text/768');
    expect(embedders.ofCorpus({ corpusVersion: 3 }).id).toBe('all-MiniLM-L6-v2/int8/384');
    expect(embedders.ofCorpus({ corpusVersion: 3, embedder: 'openai/text-embedding-3-small/1536' }).id).toBe('openai/text-embedding-3-small/1536');
  });

  it('says which is missing', () => {
    expect(() => embeddersFromSettings(settings()).ofCorpus({ corpusVersion: 1, embedder: 'openai/gone/8' })).toThrow(EmbedderNotConfiguredError);
  });
});
