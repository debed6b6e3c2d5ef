import type { ZodError } from 'zod';
import { languageModelSettings } from './settings.js';

function issuesOf(env: Record<string, string>): Record<string, string> {
  try {
    languageModelSettings(env);
  } catch (error) {
    return Object.fromEntries((error as ZodError).issues.map(({ path, message }) => [path.join('.'), message]));
  }
  return {};
}

describe('languageModelSettings', () => {
  it('falls back to the built-in model when nothing is configured', () => {
    for (const env of [{}, { ANTHROPIC_API_KEY: '', OPENAI_BASE_URL: ' ', DRAMATIS_MODEL_ROUTE: '' }]) {
      expect(languageModelSettings(env)).toMatchObject({
        anthropic: undefined,
        openai: undefined,
        route: ['built-in'],
        weights: undefined,
        timeouts: { firstTokenMs: 30_000, idleMs: 20_000, totalMs: 180_000 },
      });
    }
  });

  it('routes to what is configured, Anthropic first, and to the built-in model only when it is named', () => {
    const env = { ANTHROPIC_API_KEY: 'a-key', OPENAI_API_KEY: 'o-key', OPENAI_MODEL: 'a-model' };
    expect(languageModelSettings(env).route).toEqual(['anthropic', 'openai']);
    expect(languageModelSettings({ ...env, DRAMATIS_MODEL_ROUTE: 'openai, built-in' }).route).toEqual(['openai', 'built-in']);
  });

  it('takes structured output and window of a local server carefully', () => {
    const local = languageModelSettings({ OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_MODEL: 'qwen' });
    expect(local.openai).toMatchObject({ apiKey: undefined, structuredOutput: false });
    const openAi = languageModelSettings({ OPENAI_API_KEY: 'o-key', OPENAI_MODEL: 'gpt' });
    expect(openAi.openai).toMatchObject({ baseUrl: 'https://api.openai.com/v1', structuredOutput: true });
  });

  it('reads every variable', () => {
    expect(
      languageModelSettings({
        ANTHROPIC_API_KEY: ' a-key ',
        ANTHROPIC_BASE_URL: 'https://gateway.example/anthropic',
        ANTHROPIC_MODEL: 'claude-x',
        ANTHROPIC_STRUCTURED_OUTPUT: 'false',
        ANTHROPIC_CONTEXT_WINDOW_TOKENS: '100000',
        OPENAI_API_KEY: 'o-key',
        OPENAI_BASE_URL: 'http://localhost:8000/v1',
        OPENAI_MODEL: 'a-model',
        OPENAI_STRUCTURED_OUTPUT: 'true',
        OPENAI_CONTEXT_WINDOW_TOKENS: '32768',
        DRAMATIS_MODEL_ROUTE: 'anthropic,openai,built-in',
        DRAMATIS_MODEL_WEIGHTS: 'anthropic=3, openai=1.5',
        DRAMATIS_MAX_OUTPUT_TOKENS: '2048',
        DRAMATIS_FIRST_TOKEN_TIMEOUT_MS: '1000',
        DRAMATIS_IDLE_TIMEOUT_MS: '2000',
        DRAMATIS_TOTAL_TIMEOUT_MS: '3000',
        PATH: '/usr/bin',
      }),
    ).toEqual({
      anthropic: {
        apiKey: 'a-key',
        baseUrl: 'https://gateway.example/anthropic',
        model: 'claude-x',
        structuredOutput: false,
        contextWindowTokens: 100_000,
        maxOutputTokens: 2_048,
      },
      openai: {
        apiKey: 'o-key',
        baseUrl: 'http://localhost:8000/v1',
        model: 'a-model',
        structuredOutput: true,
        contextWindowTokens: 32_768,
        maxOutputTokens: 2_048,
      },
      route: ['anthropic', 'openai', 'built-in'],
      weights: { anthropic: 3, openai: 1.5 },
      timeouts: { firstTokenMs: 1_000, idleMs: 2_000, totalMs: 3_000 },
    });
  });

  it('reports every malformed variable at once', () => {
    expect(
      issuesOf({
        ANTHROPIC_BASE_URL: 'localhost:80',
        OPENAI_STRUCTURED_OUTPUT: 'maybe',
        DRAMATIS_MODEL_ROUTE: 'anthropic,gemini',
        DRAMATIS_MODEL_WEIGHTS: 'anthropic=much',
        DRAMATIS_IDLE_TIMEOUT_MS: '-1',
        DRAMATIS_TOTAL_TIMEOUT_MS: 'soon',
      }),
    ).toEqual({
      ANTHROPIC_BASE_URL: 'must be an http or https address',
      OPENAI_STRUCTURED_OUTPUT: 'must be true or false',
      'DRAMATIS_MODEL_ROUTE.1': 'must be anthropic, openai or built-in',
      'DRAMATIS_MODEL_WEIGHTS.anthropic': 'must be numbers',
      DRAMATIS_IDLE_TIMEOUT_MS: 'must be over 0',
      DRAMATIS_TOTAL_TIMEOUT_MS: 'must be a whole number',
    });
  });

  it('reports variables that do not fit together', () => {
    expect(issuesOf({ ANTHROPIC_MODEL: 'claude-x', OPENAI_API_KEY: 'o-key', DRAMATIS_MODEL_ROUTE: 'anthropic' })).toEqual({
      ANTHROPIC_API_KEY: 'is required with ANTHROPIC_BASE_URL and ANTHROPIC_MODEL',
      OPENAI_MODEL: 'is required with OPENAI_API_KEY and OPENAI_BASE_URL',
      DRAMATIS_MODEL_ROUTE: 'names anthropic, which has no ANTHROPIC_API_KEY',
    });
    expect(issuesOf({ ANTHROPIC_API_KEY: 'a-key', DRAMATIS_MODEL_WEIGHTS: 'openai=1' })).toEqual({
      DRAMATIS_MODEL_WEIGHTS: 'names openai, which is not in the route',
    });
  });
});
