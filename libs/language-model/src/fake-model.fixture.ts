import type { TurnFailureCode } from '@dramatis/contracts/errors';
import { type LanguageModel, LanguageModelError, type LanguageModelRequest } from './port.js';

/** What a fake model does with one request: a whole reply, a failure before or after its first text, or a wait. */
export type FakeOutcome =
  | 'reply'
  | { fails: TurnFailureCode; afterText?: boolean; retryAfterMs?: number }
  | { waitsFor: Promise<unknown> };

/** A model whose outcomes are told in advance; after the last it replies. Counts its requests. */
export function fakeModel(id: string, outcomes: FakeOutcome[] = []): LanguageModel & { requests: number } {
  return {
    id,
    model: 'fake-1',
    builtIn: false,
    structuredOutput: false,
    contextWindowTokens: 8_192,
    maxOutputTokens: 1_024,
    requests: 0,
    async *stream({ signal }: LanguageModelRequest) {
      this.requests += 1;
      const outcome = outcomes.shift() ?? 'reply';
      signal.throwIfAborted();
      if (typeof outcome === 'object' && 'waitsFor' in outcome) {
        const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        await Promise.race([outcome.waitsFor, aborted]);
        signal.throwIfAborted();
      }
      const failure = typeof outcome === 'object' && 'fails' in outcome ? outcome : null;
      if (!failure || failure.afterText) yield { type: 'text' as const, text: 'text' };
      if (failure) throw new LanguageModelError(failure.fails, failure.fails, { retryAfterMs: failure.retryAfterMs });
      yield { type: 'end' as const, usage: null };
    },
  };
}
