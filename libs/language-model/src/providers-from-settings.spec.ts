import { modelsFromSettings, routerFromSettings } from './providers-from-settings.js';
import { languageModelSettings } from './settings.js';

describe('models from settings', () => {
  it('always has the built-in model, and routes to it alone when nothing is configured', () => {
    const router = routerFromSettings(languageModelSettings({}));
    expect(router.routeFor({}).map(({ id, builtIn }) => ({ id, builtIn }))).toEqual([{ id: 'built-in', builtIn: true }]);
  });

  it('makes each configured provider with its settings', () => {
    const settings = languageModelSettings({
      ANTHROPIC_API_KEY: 'a-key',
      ANTHROPIC_MODEL: 'claude-x',
      OPENAI_BASE_URL: 'http://localhost:8000/v1',
      OPENAI_MODEL: 'a-model',
      OPENAI_CONTEXT_WINDOW_TOKENS: '32768',
      DRAMATIS_MAX_OUTPUT_TOKENS: '2048',
    });
    expect(modelsFromSettings(settings)).toMatchObject([
      { id: 'anthropic', model: 'claude-x', structuredOutput: true, contextWindowTokens: 200_000, maxOutputTokens: 2_048 },
      { id: 'openai', model: 'a-model', structuredOutput: false, contextWindowTokens: 32_768, maxOutputTokens: 2_048 },
      { id: 'built-in', builtIn: true },
    ]);
    const router = routerFromSettings(settings);
    expect(router.routeFor({}).map(({ id }) => id)).toEqual(['anthropic', 'openai']);
    expect(router.routeFor({ modelRoute: ['built-in'] }).map(({ id }) => id)).toEqual(['built-in']);
  });
});
