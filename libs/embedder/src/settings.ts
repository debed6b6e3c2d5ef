import { z } from 'zod';
import { ollamaBaseUrl } from './remote/ollama-embedder.js';

/** Environments give unset variables as empty strings too. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

const text = optional(z.string().trim());
const url = optional(z.url({ protocol: /^https?$/, error: 'must be an http or https address' }));
/** More than 4,096 no index takes. */
const dimensions = optional(z.coerce.number('must be a whole number').int('must be a whole number').min(1, 'must be over 0').max(4_096, 'must be at most 4096'));
const characters = optional(z.coerce.number('must be a whole number').int('must be a whole number').min(200, 'must be at least 200'));

export const embedderProvider = z.enum(['built-in', 'openai', 'ollama'], { error: 'must be built-in, openai or ollama' });
export type EmbedderProvider = z.infer<typeof embedderProvider>;

/** Of models that are asked for often, as their makers give them. */
const knownDimensions: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
  'text-embedding-ada-002': 1_536,
  'all-minilm': 384,
  'nomic-embed-text': 768,
  'mxbai-embed-large': 1_024,
  'bge-m3': 1_024,
  'snowflake-arctic-embed2': 1_024,
  embeddinggemma: 768,
};

const embedderEnvironment = z.object({
  DRAMATIS_EMBEDDER: optional(embedderProvider).describe('For corpora that are new. Default: built-in.'),
  EMBEDDER_MODEL_DIR: z.string('must name the folder with model.onnx and tokenizer.json').min(1),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url,
  OPENAI_EMBEDDING_API_KEY: text.describe('Default: OPENAI_API_KEY, where the address is the same.'),
  OPENAI_EMBEDDING_BASE_URL: url.describe('Default: OPENAI_BASE_URL, else OpenAI itself.'),
  OPENAI_EMBEDDING_MODEL: text.describe('With it the embedder openai is configured.'),
  OPENAI_EMBEDDING_DIMENSIONS: dimensions.describe('Default: what the model is known for.'),
  OPENAI_EMBEDDING_MAX_CHARACTERS: characters.describe('Longer texts are cut. Default: 8000.'),
  OLLAMA_BASE_URL: url.describe(`Default: ${ollamaBaseUrl}.`),
  OLLAMA_EMBEDDING_MODEL: text.describe('With it the embedder ollama is configured.'),
  OLLAMA_EMBEDDING_DIMENSIONS: dimensions.describe('Default: what the model is known for.'),
});

/** Reads which embedders an environment configures. Other variables are ignored; an issue's path is its variable's name. */
export const embedderSettings = embedderEnvironment
  .superRefine((env, context) => {
    const fail = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
    for (const [provider, prefix] of [['openai', 'OPENAI'], ['ollama', 'OLLAMA']] as const) {
      const model = env[`${prefix}_EMBEDDING_MODEL`];
      if (model === undefined) {
        if (env.DRAMATIS_EMBEDDER === provider) fail(`${prefix}_EMBEDDING_MODEL`, `is required with DRAMATIS_EMBEDDER=${provider}`);
      } else if ((env[`${prefix}_EMBEDDING_DIMENSIONS`] ?? dimensionsOf(model)) === undefined) {
        fail(`${prefix}_EMBEDDING_DIMENSIONS`, `is required: how long the vectors of ${model} are is not known here`);
      }
    }
  })
  .transform((env) => ({
    preferred: env.DRAMATIS_EMBEDDER ?? ('built-in' as const),
    builtIn: { modelDir: env.EMBEDDER_MODEL_DIR },
    openai: env.OPENAI_EMBEDDING_MODEL
      ? {
          model: env.OPENAI_EMBEDDING_MODEL,
          dimensions: env.OPENAI_EMBEDDING_DIMENSIONS ?? dimensionsOf(env.OPENAI_EMBEDDING_MODEL)!,
          baseUrl: env.OPENAI_EMBEDDING_BASE_URL ?? env.OPENAI_BASE_URL,
          // A key goes nowhere but to the server that it is for.
          apiKey: env.OPENAI_EMBEDDING_API_KEY ?? (isElsewhere(env) ? undefined : env.OPENAI_API_KEY),
          limits: env.OPENAI_EMBEDDING_MAX_CHARACTERS ? { maxTextCharacters: env.OPENAI_EMBEDDING_MAX_CHARACTERS } : {},
        }
      : undefined,
    ollama: env.OLLAMA_EMBEDDING_MODEL
      ? {
          model: env.OLLAMA_EMBEDDING_MODEL,
          dimensions: env.OLLAMA_EMBEDDING_DIMENSIONS ?? dimensionsOf(env.OLLAMA_EMBEDDING_MODEL)!,
          baseUrl: env.OLLAMA_BASE_URL ?? ollamaBaseUrl,
        }
      : undefined,
  }));

export type EmbedderSettings = z.infer<typeof embedderSettings>;

/** Also of `nomic-embed-text:latest`. */
function dimensionsOf(model: string): number | undefined {
  return knownDimensions[model.replace(/:(?:latest|v[\d.]+)$/, '')];
}

function isElsewhere(env: z.infer<typeof embedderEnvironment>): boolean {
  return env.OPENAI_EMBEDDING_BASE_URL !== undefined && env.OPENAI_EMBEDDING_BASE_URL !== env.OPENAI_BASE_URL;
}
