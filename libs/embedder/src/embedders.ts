import { builtInEmbedderId, createBuiltInEmbedder } from './built-in/built-in-embedder.js';
import type { Embedder } from './port.js';
import { createOllamaEmbedder } from './remote/ollama-embedder.js';
import { createOpenAiEmbedder } from './remote/openai-embedder.js';
import type { EmbedderProvider, EmbedderSettings } from './settings.js';

export interface ConfiguredEmbedder {
  provider: EmbedderProvider;
  model: string;
  embedder: Embedder;
}

/** A corpus names an embedder that this installation does not have; an operator must configure it again. */
export class EmbedderNotConfiguredError extends Error {
  override readonly name = 'EmbedderNotConfiguredError';
  readonly code = 'embedder_not_configured';

  constructor(readonly embedder: string) {
    super(`The embedder ${embedder} is not configured. Configure it again, or switch the persona to one that is.`);
  }
}

/** The embedders of an installation, by id. */
export class Embedders {
  private readonly byId: ReadonlyMap<string, ConfiguredEmbedder>;

  /** @param preferred whose embedder new corpora get */
  constructor(
    readonly configured: readonly ConfiguredEmbedder[],
    private readonly preferred: EmbedderProvider,
  ) {
    this.byId = new Map(configured.map((one) => [one.embedder.id, one]));
  }

  /** For corpora that are new. */
  get default(): Embedder {
    return this.configured.find(({ provider }) => provider === this.preferred)!.embedder;
  }

  /** @throws EmbedderNotConfiguredError */
  get(id: string): Embedder {
    const found = this.byId.get(id);
    if (!found) throw new EmbedderNotConfiguredError(id);
    return found.embedder;
  }

  /** The one that a persona's corpus names; one that publishes nothing yet and names none has the default. @throws EmbedderNotConfiguredError */
  ofCorpus({ corpusVersion, embedder }: { corpusVersion: number; embedder?: string }): Embedder {
    if (embedder !== undefined) return this.get(embedder);
    // Corpora of before embedders could be chosen do not say.
    return corpusVersion === 0 ? this.default : this.get(builtInEmbedderId);
  }

  async close(): Promise<void> {
    await Promise.all(this.configured.map(({ embedder }) => embedder.close()));
  }
}

/** The built-in embedder and those that the settings configure. `wrap` may put something around each, such as a cache. */
export function embeddersFromSettings(settings: EmbedderSettings, wrap: (embedder: Embedder) => Embedder = (embedder) => embedder): Embedders {
  const { builtIn, openai, ollama, preferred } = settings;
  const made: ConfiguredEmbedder[] = [
    { provider: 'built-in', model: 'all-MiniLM-L6-v2', embedder: createBuiltInEmbedder(builtIn) },
    ...(openai ? [{ provider: 'openai' as const, model: openai.model, embedder: createOpenAiEmbedder(openai) }] : []),
    ...(ollama ? [{ provider: 'ollama' as const, model: ollama.model, embedder: createOllamaEmbedder(ollama) }] : []),
  ];
  return new Embedders(made.map((one) => ({ ...one, embedder: wrap(one.embedder) })), preferred);
}
