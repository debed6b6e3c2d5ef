import type { TurnFailureCode } from '@dramatis/contracts/errors';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  type IHalfOpenAfterBackoffContext,
} from 'cockatiel';
import { LanguageModelError, type LanguageModelEvent } from './port.js';

export type CircuitStateName = 'closed' | 'open' | 'half_open';

export interface CircuitBreakerOptions {
  /** Transient failures in a row that open the circuit. Default: 5. */
  failuresToOpen?: number;
  /** How long the circuit stays open the first time; doubled for every trial that fails. Default: 15,000. */
  openMs?: number;
  /** Longest time that it stays open, also when the provider asks for more. Default: 120,000. */
  maxOpenMs?: number;
}

export interface CircuitChange {
  provider: string;
  state: CircuitStateName;
  /** Failure that opened the circuit. */
  code?: TurnFailureCode;
  /** With `open`: time until a request is let through as a trial, in milliseconds. */
  retryAfterMs?: number;
}

export interface CircuitBreaker {
  readonly state: CircuitStateName;
  readonly lastFailure: { code: TurnFailureCode; at: Date } | null;
  /** Time until a trial is let through, in milliseconds; 0 unless open. */
  retryAfterMs(): number;
  /**
   * Passes a stream through and learns from how it ends. The signal tells a caller's cancellation from a failure.
   *
   * @throws LanguageModelError circuit_open, at once, while the circuit is open or its one trial is under way
   */
  guard(open: () => AsyncIterable<LanguageModelEvent>, signal: AbortSignal): AsyncGenerator<LanguageModelEvent>;
}

/**
 * A provider's circuit breaker. Transient failures in a row open it; then requests fail at once, so that a turn goes on
 * to the next provider without waiting. After a time one request is let through as a trial, and the first text it
 * yields closes the circuit. What a provider answers on purpose (a refusal, an invalid request) shows that it is up.
 */
export function createCircuitBreaker(
  provider: string,
  options: CircuitBreakerOptions = {},
  onChange: (change: CircuitChange) => void = () => undefined,
): CircuitBreaker {
  const { failuresToOpen = 5, openMs = 15_000, maxOpenMs = 120_000 } = options;
  let lastFailure: { code: TurnFailureCode; at: Date } | null = null;
  let trialAt = 0;

  const policy = circuitBreaker(
    handleWhen((error) => error instanceof InconclusiveTrial || isTransient(error)),
    {
      breaker: new ConsecutiveBreaker(failuresToOpen),
      halfOpenAfter: new DelegateBackoff(({ attempt, result }: IHalfOpenAfterBackoffContext) => {
        const error = 'error' in result ? result.error : undefined;
        const asked = error instanceof LanguageModelError ? (error.retryAfterMs ?? 0) : 0;
        const delay = Math.min(maxOpenMs, Math.max(openMs * 2 ** (attempt - 1), asked));
        trialAt = Date.now() + delay;
        return delay;
      }),
    },
  );
  const retryAfterMs = () => (policy.state === CircuitState.Open ? Math.max(0, trialAt - Date.now()) : 0);
  policy.onStateChange((state) => {
    const opened = state === CircuitState.Open;
    onChange({
      provider,
      state: stateNames[state],
      ...(opened ? { retryAfterMs: retryAfterMs(), ...(lastFailure ? { code: lastFailure.code } : {}) } : {}),
    });
  });

  /** Resolves once the policy lets the request through. The request then tells its outcome, once. */
  const admit = async () => {
    // The policy would let a second request wait for the trial's outcome, which can take as long as a reply.
    if (policy.state === CircuitState.HalfOpen) throw circuitOpen(provider, 0);
    const admitted = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<void>();
    let isTrial = false;
    const execution = policy.execute(() => {
      isTrial = policy.state === CircuitState.HalfOpen;
      admitted.resolve();
      return outcome.promise;
    });
    execution.catch(() => admitted.reject(circuitOpen(provider, retryAfterMs())));
    await admitted.promise;
    const settled = () => execution.catch(() => undefined);
    return {
      isTrial,
      succeed: () => (outcome.resolve(), settled()),
      fail: (error: unknown) => (outcome.reject(error), settled()),
    };
  };

  return {
    get state() {
      return stateNames[policy.state];
    },
    get lastFailure() {
      return lastFailure;
    },
    retryAfterMs,
    async *guard(open, signal) {
      const request = await admit();
      let decided = false;
      try {
        for await (const event of open()) {
          if (!decided && (request.isTrial || event.type === 'end')) {
            decided = true;
            await request.succeed();
          }
          yield event;
        }
        if (!decided) await request.succeed();
        decided = true;
      } catch (error) {
        const transient = !signal.aborted && isTransient(error);
        if (transient) lastFailure = { code: error.code, at: new Date() };
        if (!decided) {
          decided = true;
          if (transient) await request.fail(error);
          else if (!signal.aborted && error instanceof LanguageModelError) await request.succeed();
          else await request.fail(request.isTrial ? new InconclusiveTrial() : error);
        } else if (transient) {
          // The trial's first text had closed the circuit; what came after it counts as any other failure.
          await policy.execute(() => Promise.reject(error)).catch(() => undefined);
        }
        throw error;
      } finally {
        // The reader left early, which says nothing of the provider.
        if (!decided) await request.fail(request.isTrial ? new InconclusiveTrial() : new Error('abandoned'));
      }
    },
  };
}

const stateNames: Record<CircuitState, CircuitStateName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};

/** A trial that was cancelled: the circuit stays open, since nothing shows that the provider is back. */
class InconclusiveTrial extends Error {}

function isTransient(error: unknown): error is LanguageModelError {
  return error instanceof LanguageModelError && error.retryable;
}

function circuitOpen(provider: string, retryAfterMs: number): LanguageModelError {
  return new LanguageModelError(
    'circuit_open',
    `The language model provider "${provider}" failed repeatedly and is given time to recover.`,
    { retryAfterMs },
  );
}
