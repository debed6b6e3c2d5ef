import { z } from 'zod';
import { openAiBaseUrl } from './openai-client.js';
import { isOpenAiUrl } from './openai-compatible-model.js';

/** Environments give unset variables as empty strings too. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const text = optional(z.string().trim());
const url = optional(z.url({ protocol: /^https?$/, error: 'must be an http or https address' }));
const boolean = optional(z.stringbool({ error: 'must be true or false' }));
const count = optional(z.coerce.number('must be a whole number').int('must be a whole number').positive('must be over 0'));
const milliseconds = (fallback: number) => count.transform((value) => value ?? fallback);

const providerId = z.enum(['anthropic', 'openai', 'built-in'], { error: 'must be anthropic, openai or built-in' });
export type ProviderId = z.infer<typeof providerId>;

const list = (value: unknown): unknown => (typeof value === 'string' ? value.split(',').map((part) => part.trim()).filter(Boolean) : value);
const route = optional(z.preprocess(list, z.array(providerId)));
/** `anthropic=3,openai=1` */
const weights = optional(
  z.preprocess(
    (value): unknown => Object.fromEntries((list(value) as string[]).map((part) => part.split('=').map((side) => side.trim()))),
    z.partialRecord(providerId, z.coerce.number('must be numbers').nonnegative('must not be negative')),
  ),
);

/** The variables of the environment that configure language models; spread its `shape` into an app's own schema. */
export const languageModelEnvironment = z.object({
  ANTHROPIC_API_KEY: text.describe('Key for Anthropic; with it the provider anthropic is configured.'),
  ANTHROPIC_BASE_URL: url.describe('Address of a server that speaks the Messages API.'),
  ANTHROPIC_MODEL: text.describe('Default: claude-sonnet-5-5.'),
  ANTHROPIC_STRUCTURED_OUTPUT: boolean.describe('Whether the model has structured output. Default: true.'),
  ANTHROPIC_CONTEXT_WINDOW_TOKENS: count.describe('Default: 200000.'),
  OPENAI_API_KEY: text.describe('Key; with it or OPENAI_BASE_URL the provider openai is configured.'),
  OPENAI_BASE_URL: url.describe('Address of an OpenAI-compatible server up to and with /v1.'),
  OPENAI_MODEL: text.describe('Required with the provider openai.'),
  OPENAI_STRUCTURED_OUTPUT: boolean.describe('Whether the server enforces JSON schemas. Default: only at OpenAI itself.'),
  OPENAI_CONTEXT_WINDOW_TOKENS: count.describe('Default: 128000 at OpenAI itself, else 8192.'),
  DRAMATIS_MODEL_ROUTE: route.describe('Providers in order of preference. Default: those configured, anthropic first.'),
  DRAMATIS_MODEL_WEIGHTS: weights.describe('How often each provider of the route comes first, as anthropic=3,openai=1.'),
  DRAMATIS_MAX_OUTPUT_TOKENS: count.describe('Longest reply. Default: 4096, at most a quarter of the context window.'),
  DRAMATIS_FIRST_TOKEN_TIMEOUT_MS: milliseconds(30_000).describe('Longest wait for the first text. Default: 30000.'),
  DRAMATIS_IDLE_TIMEOUT_MS: milliseconds(20_000).describe('Longest wait between two pieces of text. Default: 20000.'),
  DRAMATIS_TOTAL_TIMEOUT_MS: milliseconds(180_000).describe('Longest time for a whole reply. Default: 180000.'),
});

const settings = languageModelEnvironment
  .superRefine((env, context) => {
    const fail = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
    const configured = configuredProviders(env);
    if (!env.ANTHROPIC_API_KEY && (env.ANTHROPIC_BASE_URL || env.ANTHROPIC_MODEL)) {
      fail('ANTHROPIC_API_KEY', 'is required with ANTHROPIC_BASE_URL and ANTHROPIC_MODEL');
    }
    if (configured.includes('openai') && !env.OPENAI_MODEL) {
      fail('OPENAI_MODEL', 'is required with OPENAI_API_KEY and OPENAI_BASE_URL');
    }
    for (const id of env.DRAMATIS_MODEL_ROUTE ?? []) {
      if (id !== 'built-in' && !configured.includes(id)) {
        fail('DRAMATIS_MODEL_ROUTE', `names ${id}, which has no ${id.toUpperCase()}_API_KEY`);
      }
    }
    const ids = routeOf(env);
    for (const id of Object.keys(env.DRAMATIS_MODEL_WEIGHTS ?? {}) as ProviderId[]) {
      if (!ids.includes(id)) fail('DRAMATIS_MODEL_WEIGHTS', `names ${id}, which is not in the route`);
    }
  })
  .transform((env) => {
    const { ANTHROPIC_API_KEY, OPENAI_MODEL, DRAMATIS_MAX_OUTPUT_TOKENS: maxOutputTokens } = env;
    const openAiUrl = env.OPENAI_BASE_URL ?? openAiBaseUrl;
    return {
      anthropic: ANTHROPIC_API_KEY
        ? {
            apiKey: ANTHROPIC_API_KEY,
            baseUrl: env.ANTHROPIC_BASE_URL,
            model: env.ANTHROPIC_MODEL ?? 'claude-sonnet-5-5',
            structuredOutput: env.ANTHROPIC_STRUCTURED_OUTPUT,
            contextWindowTokens: env.ANTHROPIC_CONTEXT_WINDOW_TOKENS,
            maxOutputTokens,
          }
        : undefined,
      openai:
        OPENAI_MODEL && configuredProviders(env).includes('openai')
          ? {
              apiKey: env.OPENAI_API_KEY,
              baseUrl: openAiUrl,
              model: OPENAI_MODEL,
              structuredOutput: env.OPENAI_STRUCTURED_OUTPUT ?? isOpenAiUrl(openAiUrl),
              contextWindowTokens: env.OPENAI_CONTEXT_WINDOW_TOKENS,
              maxOutputTokens,
            }
          : undefined,
      route: routeOf(env),
      weights: env.DRAMATIS_MODEL_WEIGHTS,
      timeouts: {
        firstTokenMs: env.DRAMATIS_FIRST_TOKEN_TIMEOUT_MS,
        idleMs: env.DRAMATIS_IDLE_TIMEOUT_MS,
        totalMs: env.DRAMATIS_TOTAL_TIMEOUT_MS,
      },
    };
  });

export type LanguageModelSettings = z.infer<typeof settings>;

/**
 * The settings that an environment holds. Other variables are ignored.
 *
 * @throws ZodError with an issue for every invalid variable, its path being the variable's name
 */
export function languageModelSettings(env: Record<string, string | undefined>): LanguageModelSettings {
  return settings.parse(env);
}

type Environment = z.infer<typeof languageModelEnvironment>;

function configuredProviders(env: Environment): ProviderId[] {
  const anthropic: ProviderId[] = env.ANTHROPIC_API_KEY ? ['anthropic'] : [];
  return env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? [...anthropic, 'openai'] : anthropic;
}

/** The built-in model stands in only where it is named or nothing else is configured: it is no match for a real one. */
function routeOf(env: Environment): ProviderId[] {
  if (env.DRAMATIS_MODEL_ROUTE && env.DRAMATIS_MODEL_ROUTE.length > 0) return env.DRAMATIS_MODEL_ROUTE;
  const configured = configuredProviders(env);
  return configured.length > 0 ? configured : ['built-in'];
}
