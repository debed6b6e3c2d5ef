import { jest } from '@jest/globals';
import { type CircuitBreaker, type CircuitChange, createCircuitBreaker } from './circuit-breaker.js';
import { fakeModel, type FakeOutcome } from './fake-model.fixture.js';
import { aRequest } from './request.fixture.js';

const options = { failuresToOpen: 3, openMs: 10_000, maxOpenMs: 30_000 };
const never = new AbortController().signal;

/** Reads one stream of a fake model through the breaker; gives the text, or the code of the error. */
async function ask(breaker: CircuitBreaker, outcome: FakeOutcome = 'reply', signal: AbortSignal = never): Promise<string> {
  let text = '';
  try {
    for await (const event of breaker.guard(() => fakeModel('one', [outcome]).stream(aRequest({ signal })), signal)) {
      if (event.type === 'text') text += event.text;
    }
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return text;
}

async function open(breaker: CircuitBreaker, outcome: FakeOutcome = { fails: 'unavailable' }): Promise<void> {
  for (let failure = 0; failure < options.failuresToOpen; failure++) await ask(breaker, outcome);
}

describe('circuit breaker', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('opens after transient failures in a row, and then fails at once without asking the provider', async () => {
    const breaker = createCircuitBreaker('one', options);
    expect(await ask(breaker, { fails: 'unavailable' })).toBe('unavailable');
    expect(await ask(breaker, { fails: 'overloaded' })).toBe('overloaded');
    expect(breaker.state).toBe('closed');
    expect(await ask(breaker, { fails: 'interrupted', afterText: true })).toBe('interrupted');
    expect(breaker.state).toBe('open');

    const model = fakeModel('one');
    const stream = breaker.guard(() => model.stream(aRequest()), never);
    await expect(stream.next()).rejects.toMatchObject({ code: 'circuit_open', retryAfterMs: 10_000 });
    expect(model.requests).toBe(0);
  });

  it('counts only failures in a row', async () => {
    const breaker = createCircuitBreaker('one', options);
    for (let round = 0; round < 4; round++) {
      await ask(breaker, { fails: 'unavailable' });
      await ask(breaker, { fails: 'unavailable' });
      await ask(breaker);
    }
    expect(breaker.state).toBe('closed');
  });

  it('counts a reply as whole when its reader stops at the end event', async () => {
    const breaker = createCircuitBreaker('one', options);
    for (let round = 0; round < 4; round++) {
      await ask(breaker, { fails: 'unavailable' });
      for await (const event of breaker.guard(() => fakeModel('one').stream(aRequest()), never)) {
        if (event.type === 'end') break;
      }
    }
    expect(breaker.state).toBe('closed');
  });

  it.each(['refused', 'context_exceeded', 'invalid_request', 'output_truncated', 'not_authorised'] as const)(
    'stays closed however often the provider answers %s',
    async (code) => {
      const breaker = createCircuitBreaker('one', options);
      for (let round = 0; round < 5; round++) expect(await ask(breaker, { fails: code })).toBe(code);
      expect(breaker.state).toBe('closed');
    },
  );

  it('stays closed however often readers cancel or leave', async () => {
    const breaker = createCircuitBreaker('one', options);
    for (let round = 0; round < 5; round++) {
      await ask(breaker, { waitsFor: new Promise(() => undefined) }, AbortSignal.abort('stop'));
      for await (const event of breaker.guard(() => fakeModel('one').stream(aRequest()), never)) if (event) break;
    }
    expect(breaker.state).toBe('closed');
  });

  it('closes with the first text of a trial, before its reply is whole', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker);
    jest.advanceTimersByTime(10_000);
    const stream = breaker.guard(() => fakeModel('one').stream(aRequest()), never);
    expect(await stream.next()).toMatchObject({ value: { type: 'text' } });
    expect(breaker.state).toBe('closed');
    await stream.return(undefined);
    expect(breaker.state).toBe('closed');
  });

  it('lets one trial through and fails others at once meanwhile', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker);
    jest.advanceTimersByTime(10_000);
    const gate = Promise.withResolvers<void>();
    const trial = ask(breaker, { waitsFor: gate.promise });
    await new Promise(setImmediate);
    expect(breaker.state).toBe('half_open');
    expect(await ask(breaker)).toBe('circuit_open');
    gate.resolve();
    expect(await trial).toBe('text');
    expect(await ask(breaker)).toBe('text');
  });

  it('opens for twice as long after a failed trial, up to the longest time', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker);
    for (const expected of [20_000, 30_000, 30_000]) {
      jest.advanceTimersByTime(breaker.retryAfterMs());
      expect(await ask(breaker, { fails: 'timed_out' })).toBe('timed_out');
      expect(breaker.state).toBe('open');
      expect(breaker.retryAfterMs()).toBe(expected);
    }
  });

  it('stays open for as long as the provider asked, up to the longest time', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker, { fails: 'rate_limited', retryAfterMs: 25_000 });
    expect(breaker.retryAfterMs()).toBe(25_000);
    const other = createCircuitBreaker('two', options);
    await open(other, { fails: 'rate_limited', retryAfterMs: 9_000_000 });
    expect(other.retryAfterMs()).toBe(30_000);
  });

  it('learns nothing from a trial that was cancelled', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker);
    jest.advanceTimersByTime(10_000);
    const controller = new AbortController();
    const trial = ask(breaker, { waitsFor: new Promise(() => undefined) }, controller.signal);
    await new Promise(setImmediate);
    controller.abort('stop');
    expect(await trial).toBe('stop');
    expect(breaker.state).toBe('open');
  });

  it('closes when a trial shows that the provider is up, whatever it answers', async () => {
    const breaker = createCircuitBreaker('one', options);
    await open(breaker);
    jest.advanceTimersByTime(10_000);
    expect(await ask(breaker, { fails: 'refused' })).toBe('refused');
    expect(breaker.state).toBe('closed');
  });

  it('tells each change', async () => {
    const changes: CircuitChange[] = [];
    const breaker = createCircuitBreaker('one', options, (change) => changes.push(change));
    await open(breaker, { fails: 'overloaded' });
    jest.advanceTimersByTime(10_000);
    await ask(breaker);
    expect(changes).toEqual([
      { provider: 'one', state: 'open', code: 'overloaded', retryAfterMs: 10_000 },
      { provider: 'one', state: 'half_open' },
      { provider: 'one', state: 'closed' },
    ]);
    expect(breaker.lastFailure).toEqual({ code: 'overloaded', at: new Date(0) });
  });
});
