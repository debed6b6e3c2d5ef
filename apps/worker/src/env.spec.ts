import { describesDocuments, readEnv } from './env.js';

describe('readEnv', () => {
  it('needs only the embedder when everything else is at its default place', () => {
    const env = readEnv({ EMBEDDER_MODEL_DIR: '/models' });
    expect(env).toMatchObject({ TEMPORAL_ADDRESS: '127.0.0.1:7233', LOG_LEVEL: 'info' });
    expect(env.languageModels.route).toEqual(['built-in']);
    expect(env.objects).toEqual({ kind: 'folder', folder: '.dramatis/objects' });
  });

  it('names every variable that is wrong in one message', () => {
    const read = () =>
      readEnv({ ELASTICSEARCH_URL: 'nowhere', LOG_LEVEL: 'loud', DRAMATIS_MODEL_ROUTE: 'anthropic', OPENAI_API_KEY: 'k', DRAMATIS_S3_ENDPOINT: 'http://localhost:9000' });
    for (const name of ['EMBEDDER_MODEL_DIR', 'ELASTICSEARCH_URL', 'LOG_LEVEL', 'DRAMATIS_MODEL_ROUTE', 'OPENAI_MODEL', 'DRAMATIS_S3_BUCKET']) {
      expect(read).toThrow(name);
    }
  });

  it('has documents described by a language model only when that is asked for and there is one', () => {
    const described = (env: Record<string, string>) => describesDocuments(readEnv({ EMBEDDER_MODEL_DIR: '/models', ...env }));
    const [asked, provider] = [{ DRAMATIS_ENRICHMENT: 'language-model' }, { ANTHROPIC_API_KEY: 'k' }];
    expect([described({}), described(asked), described(provider), described({ ...asked, ...provider })]).toEqual([false, false, false, true]);
    expect(described({ ...asked, ...provider, DRAMATIS_MODEL_ROUTE: 'built-in' })).toBe(false);
    expect(() => described({ DRAMATIS_ENRICHMENT: 'on' })).toThrow('DRAMATIS_ENRICHMENT: must be extractive or language-model');
  });

  it('takes an empty variable for none', () => {
    expect(readEnv({ EMBEDDER_MODEL_DIR: '/models', ANTHROPIC_API_KEY: '', LOG_LEVEL: '' }).LOG_LEVEL).toBe('info');
  });
});
