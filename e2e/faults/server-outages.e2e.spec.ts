import type { Persona } from '@dramatis/contracts/persona';
import type { Turn } from '@dramatis/contracts/turn';
import type { Guest } from '@dramatis/testing/client/guest';
import { UnexpectedAnswer } from '@dramatis/testing/client/http-client';
import type { TurnReader } from '@dramatis/testing/client/turn-reader';
import { eventually, within } from '@dramatis/testing/eventually';
import type { Stack } from '../../tools/stack/stack.mjs';
import { attemptsOf, expectWellFormed } from '../support/expect-turn.js';
import { startOwnServers } from '../support/own-servers.js';
import { OwnScene, question } from '../support/scene.js';

const slowly = { chunks: 30, delayMs: 100 };

describe('a server that is away', () => {
  let stack: Stack;
  let scene: OwnScene;
  let persona: Persona;
  let guest: Guest;

  beforeAll(async () => {
    stack = await startOwnServers('outages-servers');
    scene = await OwnScene.set('outages', { servers: stack.env });
    persona = await scene.persona({ modelRoute: ['anthropic'] });
  });
  afterAll(async () => {
    await scene?.strike();
    await stack?.stop();
  });
  beforeEach(() => {
    scene.model.reset();
    guest = scene.guest();
  });
  afterEach(async () => {
    // The next test begins when this one's outage is over for everybody.
    const stopped = Object.values(stack.servers).filter((server) => server.pid === undefined);
    await Promise.all(stopped.map((server) => server.start()));
    await eventually('a grounded reply', async () => (await converse()).turn.provenance?.grounded, { everyMs: 500 });
  });

  async function converse(): Promise<{ turn: Turn; reader: TurnReader }> {
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    return guest.askAndRead(conversationId, { text: question });
  }

  async function beginStreaming(): Promise<{ turnId: string; reader: TurnReader }> {
    scene.model.script(slowly);
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    const { turnId } = await guest.ask(conversationId, { text: question });
    const reader = guest.follow(turnId);
    await reader.next('delta');
    return { turnId, reader };
  }

  const stored = (turnId: string) =>
    eventually(`the end of turn ${turnId} in the database`, async () => {
      const turn = await guest.turn(turnId);
      return turn.status === 'running' ? null : turn;
    });

  it('Elasticsearch: the reply comes without passages and is marked as ungrounded', async () => {
    await stack.servers.elasticsearch.stop();
    const { turn, reader } = await converse();
    expectWellFormed(turn, reader, await guest.turn(turn.turnId));
    expect(turn).toMatchObject({ status: 'completed', citations: [], provenance: { grounded: false, ungroundedReason: 'search_unavailable' } });
    await stack.servers.elasticsearch.start();
    const again = await eventually('a grounded reply', async () => {
      const { turn: next } = await converse();
      return next.provenance?.grounded && next;
    });
    expect(again.citations).not.toHaveLength(0);
  });

  it('Redis, before the turn: the turn is completed all the same', async () => {
    await stack.servers.redis.stop();
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    const { turnId } = await guest.ask(conversationId, { text: question });
    expect(await stored(turnId)).toMatchObject({ status: 'completed', provenance: { grounded: true } });
    await stack.servers.redis.start();
    expect((await guest.follow(turnId).ending()).status).toBe('completed');
  });

  it('Redis, in mid-stream: the turn is completed, and its readers learn the whole', async () => {
    const { turnId, reader } = await beginStreaming();
    await stack.servers.redis.kill();
    const turn = await stored(turnId);
    expect(turn).toMatchObject({ status: 'completed' });
    expect(attemptsOf(turn)).toEqual(['anthropic: completed']);
    await stack.servers.redis.start();
    expect(await reader.ending()).toEqual(turn);
  });

  it('Redis, in mid-stream and back before the end: readers miss nothing', async () => {
    const { turnId, reader } = await beginStreaming();
    await stack.servers.redis.stop();
    await stack.servers.redis.start();
    const turn = await reader.ending();
    expect(turn.status).toBe('completed');
    expect(reader.text).toBe(turn.replyText);
    expect(await guest.turn(turnId)).toEqual(turn);
  });

  it('MongoDB, before the turn: the request is refused with a typed problem, and taken when it is back', async () => {
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    await stack.servers.mongodb.stop();
    const refusal = await guest.ask(conversationId, { text: question }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnexpectedAnswer);
    expect((refusal as UnexpectedAnswer).problem).toMatchObject({ status: 503, code: 'database_unavailable' });
    await stack.servers.mongodb.start();
    const turn = await eventually('a turn', async () => (await guest.askAndRead(conversationId, { text: question })).turn);
    expect(turn.status).toBe('completed');
  });

  it('MongoDB, in mid-stream: the reply is kept when it is back', async () => {
    const { turnId, reader } = await beginStreaming();
    await stack.servers.mongodb.kill();
    await within('the provider’s whole reply', scene.model.requests[0]!.closed);
    await stack.servers.mongodb.start();
    const turn = await reader.ending();
    expect(turn.status).toBe('completed');
    expect(turn.replyText).toBe(reader.text);
    expect(await stored(turnId)).toEqual(turn);
  });

  it('Temporal, before the turn: the turn is kept, and starts when it is back', async () => {
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    await stack.servers.temporal.stop();
    const { turnId, queued } = await guest.ask(conversationId, { text: question });
    expect(queued).toBe(true);
    await stack.servers.temporal.start();
    const reader = guest.follow(turnId);
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(turn.status).toBe('completed');
  });

  it('Temporal, in mid-stream: the turn is completed when it is back', async () => {
    const { turnId, reader } = await beginStreaming();
    await stack.servers.temporal.kill();
    await within('the provider’s whole reply', scene.model.requests[0]!.closed);
    await stack.servers.temporal.start();
    const turn = await reader.ending();
    expect(turn.status).toBe('completed');
    expect(turn.replyText).toBe(reader.text);
    expect(await guest.turn(turnId)).toEqual(turn);
  });

  it('all of them, in mid-stream: the turn is completed when they are back', async () => {
    const { turnId, reader } = await beginStreaming();
    await Promise.all(Object.values(stack.servers).map((server) => server.kill()));
    await Promise.all(Object.values(stack.servers).map((server) => server.start()));
    const turn = await reader.ending();
    expect(turn.status).toBe('completed');
    expect(turn.replyText).toBe(reader.text);
    expect(await stored(turnId)).toEqual(turn);
  });
});
