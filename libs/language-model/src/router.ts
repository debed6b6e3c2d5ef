import type { TurnFailureCode } from '@dramatis/contracts/errors';
import {
  type CircuitBreakerOptions,
  type CircuitChange,
  type CircuitStateName,
  createCircuitBreaker,
} from './circuit-breaker.js';
import { type LanguageModel, LanguageModelError, type LanguageModelEvent, type LanguageModelRequest } from './port.js';
import { weightedOrder } from './weighted-order.js';

export interface ModelRouterOptions {
  models: readonly LanguageModel[];
  /** Ids of providers, in order of preference. */
  defaultRoute: readonly string[];
  /** How often each provider of the default route comes first, relative to the others. Absent: always in order. */
  weights?: Readonly<Record<string, number>>;
  circuitBreaker?: CircuitBreakerOptions;
  /** Called when a provider's circuit opens, is tried, or closes. For logs and metrics. */
  onCircuitChange?: (change: CircuitChange) => void;
}

export interface ProviderHealth {
  id: string;
  model: string;
  builtIn: boolean;
  circuit: CircuitStateName;
  /** Time until an open circuit lets a trial through, in milliseconds; else 0. */
  retryAfterMs: number;
  lastFailure: { code: TurnFailureCode; at: Date } | null;
}

export interface ModelRouter {
  /**
   * Models to try for a turn, in order, never none. A persona's own route counts as written, less the providers that
   * are not configured; if none is left, the default route is taken. The seed, a turn's id, makes weighted choices
   * repeatable. A `first` that is on the route comes before all others of it.
   */
  routeFor(persona: { modelRoute?: readonly string[] | undefined }, seed?: string, first?: string): LanguageModel[];
  get(id: string): LanguageModel | undefined;
  /**
   * Streams from one provider behind its circuit breaker.
   *
   * @throws LanguageModelError, also `circuit_open` at once and `no_provider` for an unknown id; or the signal's reason
   */
  stream(id: string, request: LanguageModelRequest): AsyncIterable<LanguageModelEvent>;
  /** In the order in which the models were given. */
  health(): ProviderHealth[];
}

/** @throws RangeError when the default route is empty or names a provider that is not configured */
export function createModelRouter(options: ModelRouterOptions): ModelRouter {
  const { models, defaultRoute, weights, onCircuitChange } = options;
  const providers = new Map(
    models.map((model) => [
      model.id,
      { model, breaker: createCircuitBreaker(model.id, options.circuitBreaker, onCircuitChange) },
    ]),
  );
  if (providers.size < models.length) throw new RangeError('two language model providers have the same id');
  if (defaultRoute.length === 0) throw new RangeError('the default model route is empty');
  requireKnown('the default model route', defaultRoute, [...providers.keys()]);
  if (weights) requireKnown('the weights of the model route', Object.keys(weights), defaultRoute);

  const known = (ids: readonly string[]) =>
    [...new Set(ids)].flatMap((id) => providers.get(id)?.model ?? []);

  return {
    routeFor({ modelRoute = [] }, seed, first) {
      const own = known(modelRoute);
      const route = own.length > 0 ? own : known(weights && seed !== undefined ? weightedOrder(defaultRoute, weights, seed) : defaultRoute);
      return [...route.filter(({ id }) => id === first), ...route.filter(({ id }) => id !== first)];
    },
    get: (id) => providers.get(id)?.model,
    async *stream(id, request) {
      const provider = providers.get(id);
      if (!provider) throw new LanguageModelError('no_provider', `No language model provider "${id}" is configured.`);
      yield* provider.breaker.guard(() => provider.model.stream(request), request.signal);
    },
    health: () =>
      [...providers.values()].map(({ model: { id, model, builtIn }, breaker }) => ({
        id,
        model,
        builtIn,
        circuit: breaker.state,
        retryAfterMs: breaker.retryAfterMs(),
        lastFailure: breaker.lastFailure,
      })),
  };
}

function requireKnown(what: string, ids: readonly string[], knownIds: readonly string[]): void {
  const unknown = ids.filter((id) => !knownIds.includes(id));
  if (unknown.length > 0) {
    throw new RangeError(`${what} names ${unknown.join(', ')}, but only ${knownIds.join(', ')} can be used there`);
  }
}
