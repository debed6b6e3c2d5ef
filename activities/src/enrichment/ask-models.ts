import type { TokenUsage } from '@dramatis/contracts/turn';
import type { AskedQuestion, ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import { type LanguageModel, LanguageModelError, type LanguageModelTimeouts } from '@dramatis/language-model/port';
import { providerError } from '@dramatis/language-model/provider-error';
import type { ModelRouter } from '@dramatis/language-model/router';
import { type EnrichmentPrompt, enrichmentPromptVersion } from '@dramatis/prompting/enrichment/enrichment-prompt';
import { UnreadableAnswerError } from '@dramatis/prompting/enrichment/read-answer';

export interface AskModelsDependencies {
  /** Of its own, so that what happens to documents takes no provider from a turn. */
  router: ModelRouter;
  timeouts: LanguageModelTimeouts;
  answers: ModelAnswerRepository;
}

export interface Asked<T> {
  personaId: string;
  /** What the answer is about, and goes with. */
  subject: string;
  prompt: EnrichmentPrompt;
  /** @throws UnreadableAnswerError */
  read(answer: string): T;
  models: readonly LanguageModel[];
  signal: AbortSignal;
}

export interface Answered<T> {
  answer: T;
  /** Provider and model. */
  by: string;
  /** Requests that it took: none when the answer was known. */
  calls: number;
}

/** An answer longer than this is not read on, whatever the provider thinks of the limit. */
const maxAnswerCharacters = 100_000;

/**
 * What is known of an earlier answer to the same, or else the first whole and readable answer that one of the models gives. Each
 * is asked once; Temporal asks again. @throws LanguageModelError, one worth another try before one that is not
 */
export async function askModels<T>({ router, timeouts, answers }: AskModelsDependencies, asked: Asked<T>): Promise<Answered<T>> {
  const { personaId, subject, prompt, models, signal } = asked;
  const question: AskedQuestion = { personaId, promptVersion: enrichmentPromptVersion, content: prompt.content };
  const known = await answers.find(question, models.map(({ id: provider, model }) => ({ provider, model })));
  if (known) return { answer: known.answer as T, by: nameOf(known.provider, known.model), calls: 0 };

  let failure: LanguageModelError | undefined;
  for (const [index, { id: provider, model, maxOutputTokens }] of models.entries()) {
    try {
      const said = await listen(router, provider, { prompt, maxOutputTokens, timeouts, signal });
      const answer = readable(provider, () => asked.read(said.text));
      await answers.put(question, { provider, model, subject, answer, usage: said.usage });
      return { answer, by: nameOf(provider, model), calls: index + 1 };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LanguageModelError)) throw error;
      if (!failure?.retryable) failure = error;
    }
  }
  throw failure ?? new LanguageModelError('no_provider', "The persona's route names no configured language model but the built-in one.");
}

interface Listening {
  prompt: EnrichmentPrompt;
  maxOutputTokens: number;
  timeouts: LanguageModelTimeouts;
  signal: AbortSignal;
}

async function listen(router: ModelRouter, provider: string, { prompt, ...limits }: Listening): Promise<{ text: string; usage: TokenUsage | null }> {
  const { system, content, schema } = prompt;
  let text = '';
  let usage: TokenUsage | null = null;
  for await (const event of router.stream(provider, { system, messages: [{ role: 'user', content }], schema, ...limits })) {
    if (event.type === 'end') usage = event.usage;
    else text += event.text;
    if (text.length > maxAnswerCharacters) throw providerError(provider, 'malformed_response', { detail: 'the answer does not end' });
  }
  return { text, usage };
}

function readable<T>(provider: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableAnswerError) throw providerError(provider, 'malformed_response', { detail: error.message });
    throw error;
  }
}

function nameOf(provider: string, model: string): string {
  return `${provider}/${model}`;
}
