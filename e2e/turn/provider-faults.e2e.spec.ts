import type { Persona } from '@dramatis/contracts/persona';
import type { Turn } from '@dramatis/contracts/turn';
import type { Guest } from '@dramatis/testing/client/guest';
import type { ModelFault } from '@dramatis/testing/model-server/behaviour';
import { eventually } from '@dramatis/testing/eventually';
import { attemptsOf, expectWellFormed } from '../support/expect-turn.js';
import { question, Scene } from '../support/scene.js';

type Vendor = 'anthropic' | 'openai';
interface Fault {
  name: string;
  fault: ModelFault | ((vendor: Vendor) => ModelFault);
  /** What the attempt's record says. */
  code: string;
}

/** Each is over at the second try. */
const transient: Fault[] = [
  { name: '429', fault: { kind: 'status', status: 429 }, code: 'rate_limited' },
  { name: '429 with Retry-After', fault: { kind: 'status', status: 429, retryAfter: '1' }, code: 'rate_limited' },
  { name: '529', fault: { kind: 'status', status: 529 }, code: 'overloaded' },
  { name: '500', fault: { kind: 'status', status: 500 }, code: 'unavailable' },
  { name: 'a reset before the headers', fault: { kind: 'reset', at: 'before_headers' }, code: 'unavailable' },
  { name: 'a reset before the stream', fault: { kind: 'reset', at: 'after_headers' }, code: 'interrupted' },
  { name: 'a reset in the middle of the stream', fault: { kind: 'reset', at: 'mid_stream' }, code: 'interrupted' },
  {
    name: 'an error event after a 200',
    fault: (vendor) => ({ kind: 'error_event', errorType: vendor === 'anthropic' ? 'overloaded_error' : 'engine_overloaded' }),
    code: 'overloaded',
  },
  { name: 'an end without the closing event', fault: { kind: 'no_end' }, code: 'interrupted' },
  { name: 'malformed JSON', fault: { kind: 'malformed_json' }, code: 'malformed_response' },
  { name: 'HTML with status 200', fault: { kind: 'html' }, code: 'malformed_response' },
  { name: 'a reply without text', fault: { kind: 'empty' }, code: 'malformed_response' },
  { name: 'a hang before the headers', fault: { kind: 'hang', at: 'before_headers' }, code: 'timed_out' },
  { name: 'a hang in the middle of the stream', fault: { kind: 'hang', at: 'mid_stream' }, code: 'timed_out' },
  { name: 'a hang with pings', fault: { kind: 'hang', at: 'mid_stream', keepAliveMs: 500 }, code: 'timed_out' },
  { name: 'one byte every few seconds', fault: { kind: 'drip', bytes: 1, intervalMs: 2_000 }, code: 'timed_out' },
];

/** Asking the same provider again would not help. */
const permanent: Fault[] = [
  { name: 'a refusal', fault: { kind: 'refusal' }, code: 'refused' },
  { name: 'truncation', fault: { kind: 'truncation' }, code: 'output_truncated' },
  { name: '400', fault: { kind: 'status', status: 400 }, code: 'invalid_request' },
  { name: '401', fault: { kind: 'status', status: 401 }, code: 'not_authorised' },
  { name: '413', fault: { kind: 'status', status: 413 }, code: 'context_exceeded' },
  { name: '429 with a Retry-After of an hour', fault: { kind: 'status', status: 429, retryAfter: '3600' }, code: 'rate_limited' },
];

describe.each(['anthropic', 'openai'] as const)('a turn on %s', (vendor) => {
  const other: Vendor = vendor === 'anthropic' ? 'openai' : 'anthropic';
  let scene: Scene;
  let guest: Guest;
  let alone: Persona;
  let withFallback: Persona;

  beforeAll(async () => {
    scene = await Scene.shared();
    guest = scene.guest();
    [alone, withFallback] = await Promise.all([scene.persona({ modelRoute: [vendor] }), scene.persona({ modelRoute: [vendor, other] })]);
  });
  afterAll(() => scene.strike());
  afterEach(async () => {
    scene.model.reset();
    // A good reply closes the provider's circuit breaker, which counts failures in a row.
    await eventually(`${vendor} to answer again`, async () => (await ask(alone)).status === 'completed', { everyMs: 1_000 });
    scene.model.reset();
  });

  async function ask(persona: Persona): Promise<Turn> {
    const { conversationId } = await guest.converse(persona.personaId, { mode: 'educator', format: 'free' });
    const { turn, reader } = await guest.askAndRead(conversationId, { text: question });
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    return turn;
  }

  const faultOf = ({ fault }: Fault): ModelFault => (typeof fault === 'function' ? fault(vendor) : fault);

  it.each(transient)('is completed by a retry after $name', async (one) => {
    scene.model.script({ fault: faultOf(one) });
    const turn = await ask(alone);
    expect(turn.status).toBe('completed');
    expect(attemptsOf(turn)).toEqual([`${vendor}: ${one.code}`, `${vendor}: completed`]);
    expect(turn.replyText).toContain('What do you make of it?');
    expect(scene.model.requests).toHaveLength(2);
  });

  it.each(permanent)('is completed by the other provider at once after $name', async (one) => {
    scene.model.script({ fault: faultOf(one), times: 'always', when: { vendor } });
    const turn = await ask(withFallback);
    expect(turn.status).toBe('completed');
    expect(attemptsOf(turn)).toEqual([`${vendor}: ${one.code}`, `${other}: completed`]);
    expect(turn.provenance).toMatchObject({ provider: other, builtIn: false });
  });

  it.each(permanent)('fails with a typed reason after $name, when there is no other provider', async (one) => {
    scene.model.script({ fault: faultOf(one), times: 'always' });
    const turn = await ask(alone);
    expect(turn).toMatchObject({ status: 'failed', failure: { code: one.code } });
    expect(attemptsOf(turn)).toEqual([`${vendor}: ${one.code}`]);
  });

  it.each(transient.filter(({ name }) => ['500', 'a reset in the middle of the stream', 'a hang with pings'].includes(name)))(
    'is completed by the other provider when $name does not pass',
    async (one) => {
      scene.model.script({ fault: faultOf(one), times: 'always', when: { vendor } });
      const turn = await ask(withFallback);
      expect(turn.status).toBe('completed');
      expect(attemptsOf(turn)).toEqual([...Array<string>(3).fill(`${vendor}: ${one.code}`), `${other}: completed`]);
    },
  );

  it('fails with the last reason when no provider recovers, and says so to its reader', async () => {
    scene.model.script({ fault: { kind: 'status', status: 500 }, times: 'always', when: { vendor } });
    scene.model.script({ fault: { kind: 'refusal' }, times: 'always', when: { vendor: other } });
    const turn = await ask(withFallback);
    expect(turn).toMatchObject({ status: 'failed', failure: { code: 'refused' } });
    expect(attemptsOf(turn)).toEqual([...Array<string>(3).fill(`${vendor}: unavailable`), `${other}: refused`]);
  });

  it('is completed by the other provider when connections are refused', async () => {
    await scene.model.stop();
    try {
      const turn = await ask(await scene.persona({ modelRoute: [vendor, 'built-in'] }));
      expect(turn).toMatchObject({ status: 'completed', provenance: { provider: 'built-in', builtIn: true } });
      expect(attemptsOf(turn)).toEqual([...Array<string>(3).fill(`${vendor}: unavailable`), 'built-in: completed']);
    } finally {
      await scene.restartModel();
    }
  });

  it('opens the circuit of a provider that keeps failing, asks the other at once, and comes back', async () => {
    scene.model.script({ fault: { kind: 'status', status: 500 }, times: 'always', when: { vendor } });
    await ask(withFallback);
    await ask(withFallback);
    scene.model.reset();
    const turn = await ask(withFallback);
    expect(turn.status).toBe('completed');
    expect(attemptsOf(turn)).toEqual([`${vendor}: circuit_open`, `${other}: completed`]);
  });
});
