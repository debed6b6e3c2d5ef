import { randomUUID } from 'node:crypto';
import type { Persona } from '@dramatis/contracts/persona';
import type { Guest } from '@dramatis/testing/client/guest';
import { attemptsOf, expectWellFormed } from '../support/expect-turn.js';
import { OwnScene, question } from '../support/scene.js';

/** Slow enough to be killed in the middle, and over soon when nobody does. */
const slowly = { chunks: 40, delayMs: 150 };

describe('a process that is killed while a reply streams', () => {
  let scene: OwnScene;
  let persona: Persona;
  let guest: Guest;

  beforeAll(async () => {
    scene = await OwnScene.set('killed-processes');
    persona = await scene.persona({ modelRoute: ['anthropic'] });
  });
  afterAll(() => scene.strike());
  beforeEach(() => {
    scene.model.reset();
    guest = scene.guest();
  });

  async function begin(): Promise<string> {
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    return (await guest.ask(conversationId, { text: question })).turnId;
  }

  it('worker, killed: another takes over, readers discard the partial, the turn is completed', async () => {
    scene.model.script(slowly);
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await scene.product.worker.kill();
    await scene.product.worker.start();
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(turn.status).toBe('completed');
    expect(attemptsOf(turn)).toEqual(['anthropic: worker_lost', 'anthropic: completed']);
    expect(reader.types()).toEqual(['accepted', 'retrieved', 'attempt', 'delta', 'discard', 'attempt', 'delta', 'completed']);
    expect(await reader.next('discard')).toMatchObject({ attempt: 1, code: 'worker_lost' });
  });

  it('worker, told to stop: hands the turn over', async () => {
    scene.model.script({ chunks: 40, delayMs: 500 });
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await scene.product.worker.stop();
    await scene.product.worker.start();
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(turn.status).toBe('completed');
    expect(attemptsOf(turn)).toEqual(['anthropic: interrupted', 'anthropic: completed']);
  });

  it('worker, killed before the turn began: the turn waits for the next one', async () => {
    await scene.product.worker.kill();
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('accepted');
    await scene.product.worker.start();
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(attemptsOf(turn)).toEqual(['anthropic: completed']);
  });

  it('worker, killed while a cancelled turn ends: the turn ends as cancelled', async () => {
    // The next worker begins again, and hears of the cancellation while it does.
    scene.model.script({ chunks: 40, delayMs: 500, times: 2 });
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await scene.product.worker.kill();
    await guest.cancel(turnId);
    await scene.product.worker.start();
    const turn = await reader.ending();
    expect(turn.status).toBe('cancelled');
    expect(turn.replyText).toBe(reader.text);
    expect(await guest.turn(turnId)).toEqual(turn);
  });

  it('API, killed: the reader connects again and misses nothing', async () => {
    scene.model.script(slowly);
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await scene.product.api.kill();
    await scene.product.api.start();
    const turn = await reader.ending();
    expect(reader.connections).toBeGreaterThan(1);
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(attemptsOf(turn)).toEqual(['anthropic: completed']);
  });

  it('API, told to stop: the reader connects again and misses nothing', async () => {
    scene.model.script(slowly);
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await scene.product.api.stop();
    await scene.product.api.start();
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(turn.status).toBe('completed');
  });

  it('API, killed before it answered: the repeated request gives one turn', async () => {
    const { conversationId } = await guest.converse(persona.personaId);
    const message = { requestId: randomUUID(), text: question };
    const lost = guest.ask(conversationId, message).catch(() => null);
    await scene.product.api.kill();
    await lost;
    await scene.product.api.start();
    const { turnId } = await guest.ask(conversationId, message);
    const turn = await guest.follow(turnId).ending();
    expect(turn.status).toBe('completed');
    expect((await guest.conversation(conversationId)).turns).toHaveLength(1);
  });

  it('both, killed: the turn is completed once both are back', async () => {
    scene.model.script(slowly);
    const turnId = await begin();
    const reader = guest.follow(turnId);
    await reader.next('delta');
    await Promise.all([scene.product.worker.kill(), scene.product.api.kill()]);
    await Promise.all([scene.product.worker.start(), scene.product.api.start()]);
    const turn = await reader.ending();
    expectWellFormed(turn, reader, await guest.turn(turnId));
    expect(turn.status).toBe('completed');
  });
});
