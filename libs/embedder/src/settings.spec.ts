import { embedderSettings } from './settings.js';

const modelDir = { EMBEDDER_MODEL_DIR: '/models' };
const issuesOf = (env: Record<string, string>) =>
  Object.fromEntries((embedderSettings.safeParse(env).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));

describe('embedderSettings', () => {
  it('has the built-in embedder always, and prefers it unless told otherwise', () => {
    expect(embedderSettings.parse({ ...modelDir, OPENAI_EMBEDDING_MODEL: '' })).toEqual({
      preferred: 'built-in',
      builtIn: { modelDir: '/models' },
      openai: undefined,
      ollama: undefined,
    });
  });

  it('reads every variable', () => {
    const env = {
      ...modelDir,
      DRAMATIS_EMBEDDER: 'ollama',
      OPENAI_EMBEDDING_API_KEY: 'key',
      OPENAI_EMBEDDING_BASE_URL: 'http://localhost:8080/v1',
      OPENAI_EMBEDDING_MODEL: 'bge-small',
      OPENAI_EMBEDDING_DIMENSIONS: '384',
      OPENAI_EMBEDDING_MAX_CHARACTERS: '1500',
      OLLAMA_BASE_URL: 'http://ollama:11434',
      OLLAMA_EMBEDDING_MODEL: 'my-model',
      OLLAMA_EMBEDDING_DIMENSIONS: '512',
    };
    expect(embedderSettings.parse(env)).toEqual({
      preferred: 'ollama',
      builtIn: { modelDir: '/models' },
      openai: { model: 'bge-small', dimensions: 384, baseUrl: 'http://localhost:8080/v1', apiKey: 'key', limits: { maxTextCharacters: 1_500 } },
      ollama: { model: 'my-model', dimensions: 512, baseUrl: 'http://ollama:11434' },
    });
  });

  it('knows the dimensions of common models', () => {
    const env = { ...modelDir, OPENAI_API_KEY: 'key', OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small', OLLAMA_EMBEDDING_MODEL: 'nomic-embed-text:latest' };
    expect(embedderSettings.parse(env)).toMatchObject({ openai: { dimensions: 1_536, apiKey: 'key' }, ollama: { dimensions: 768 } });
  });

  it('keeps the key of the language model from another server', () => {
    const env = { ...modelDir, OPENAI_API_KEY: 'key', OPENAI_EMBEDDING_MODEL: 'all-minilm', OPENAI_EMBEDDING_BASE_URL: 'http://elsewhere/v1' };
    expect(embedderSettings.parse(env).openai).toMatchObject({ apiKey: undefined });
  });

  it('names what is missing or malformed', () => {
    expect(issuesOf({ DRAMATIS_EMBEDDER: 'gemini', OLLAMA_BASE_URL: 'ollama', OPENAI_EMBEDDING_DIMENSIONS: '9000' })).toEqual({
      DRAMATIS_EMBEDDER: 'must be built-in, openai or ollama',
      EMBEDDER_MODEL_DIR: 'must name the folder with model.onnx and tokenizer.json',
      OLLAMA_BASE_URL: 'must be an http or https address',
      OPENAI_EMBEDDING_DIMENSIONS: 'must be at most 4096',
    });
    expect(issuesOf({ ...modelDir, DRAMATIS_EMBEDDER: 'openai' })).toEqual({ OPENAI_EMBEDDING_MODEL: 'is required with DRAMATIS_EMBEDDER=openai' });
    expect(issuesOf({ ...modelDir, OLLAMA_EMBEDDING_MODEL: 'my-model' })).toEqual({
      OLLAMA_EMBEDDING_DIMENSIONS: 'is required: how long the vectors of my-model are is not known here',
    });
  });
});
