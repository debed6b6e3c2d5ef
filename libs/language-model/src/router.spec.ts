import type { CircuitChange } from './circuit-breaker.js';
import { fakeModel } from './fake-model.fixture.js';
import type { LanguageModel } from './port.js';
import { aRequest } from './request.fixture.js';
import { createModelRouter, type ModelRouter } from './router.js';

const ids = (models: LanguageModel[]) => models.map(({ id }) => id);

async function ask(router: ModelRouter, id: string): Promise<string> {
  try {
    for await (const event of router.stream(id, aRequest())) if (event.type === 'text') return event.text;
  } catch (error) {
    return (error as { code: string }).code;
  }
  return '';
}

describe('createModelRouter', () => {
  const models = () => [fakeModel('anthropic'), fakeModel('openai'), fakeModel('built-in')];

  it('takes the default route in its order', () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['openai', 'anthropic'] });
    expect(ids(router.routeFor({}))).toEqual(['openai', 'anthropic']);
    expect(ids(router.routeFor({ modelRoute: [] }, 'turn-1'))).toEqual(['openai', 'anthropic']);
  });

  it("takes the persona's own route, without providers that are not configured", () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['openai'] });
    expect(ids(router.routeFor({ modelRoute: ['built-in', 'gemini', 'anthropic', 'built-in'] }))).toEqual(['built-in', 'anthropic']);
  });

  it('takes the default route when nothing of the own one is configured', () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['openai'] });
    expect(ids(router.routeFor({ modelRoute: ['gemini'] }))).toEqual(['openai']);
  });

  it('puts the one that was chosen first, if it is on the route', () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['openai', 'anthropic'] });
    expect(ids(router.routeFor({}, 'turn-1', 'anthropic'))).toEqual(['anthropic', 'openai']);
    expect(ids(router.routeFor({ modelRoute: ['anthropic'] }, 'turn-1', 'openai'))).toEqual(['anthropic']);
  });

  it('orders the default route by weight, the same for the same turn, and never a persona’s own', () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['anthropic', 'openai'], weights: { anthropic: 1, openai: 1 } });
    const routes = Array.from({ length: 100 }, (_, turn) => ids(router.routeFor({}, `turn-${turn}`)));
    expect(new Set(routes.map(([first]) => first))).toEqual(new Set(['anthropic', 'openai']));
    expect(routes).toEqual(Array.from({ length: 100 }, (_, turn) => ids(router.routeFor({}, `turn-${turn}`))));
    expect(ids(router.routeFor({ modelRoute: ['openai', 'anthropic'] }, 'turn-1'))).toEqual(['openai', 'anthropic']);
  });

  it('refuses a route that cannot be taken, and says why', () => {
    expect(() => createModelRouter({ models: models(), defaultRoute: ['anthropic', 'gemini'] })).toThrow(
      'the default model route names gemini, but only anthropic, openai, built-in can be used there',
    );
    expect(() => createModelRouter({ models: models(), defaultRoute: [] })).toThrow('the default model route is empty');
    expect(() => createModelRouter({ models: models(), defaultRoute: ['openai'], weights: { anthropic: 1 } })).toThrow(
      'the weights of the model route names anthropic',
    );
    expect(() => createModelRouter({ models: [fakeModel('a'), fakeModel('a')], defaultRoute: ['a'] })).toThrow('the same id');
  });

  it('keeps the circuits of providers apart', async () => {
    const changes: CircuitChange[] = [];
    const failing = fakeModel('anthropic', [{ fails: 'unavailable' }, { fails: 'unavailable' }]);
    const router = createModelRouter({
      models: [failing, fakeModel('openai')],
      defaultRoute: ['anthropic', 'openai'],
      circuitBreaker: { failuresToOpen: 2 },
      onCircuitChange: (change) => changes.push(change),
    });
    expect(await ask(router, 'anthropic')).toBe('unavailable');
    expect(await ask(router, 'anthropic')).toBe('unavailable');
    expect(await ask(router, 'anthropic')).toBe('circuit_open');
    expect(await ask(router, 'openai')).toBe('text');
    expect(failing.requests).toBe(2);
    expect(router.health()).toMatchObject([
      { id: 'anthropic', model: 'fake-1', circuit: 'open', lastFailure: { code: 'unavailable' } },
      { id: 'openai', circuit: 'closed', retryAfterMs: 0, lastFailure: null },
    ]);
    expect(changes).toMatchObject([{ provider: 'anthropic', state: 'open', code: 'unavailable' }]);
  });

  it('says so when a provider is not configured', async () => {
    const router = createModelRouter({ models: models(), defaultRoute: ['openai'] });
    expect(await ask(router, 'gemini')).toBe('no_provider');
    expect(router.get('gemini')).toBeUndefined();
    expect(router.get('openai')?.id).toBe('openai');
  });
});
