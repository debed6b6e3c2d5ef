import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Persona } from '@dramatis/contracts/persona';
import type { Guest } from '@dramatis/testing/client/guest';
import { question, Scene } from '../support/scene.js';

describe('the events of a turn', () => {
  let scene: Scene;
  let persona: Persona;
  let guest: Guest;

  beforeAll(async () => {
    scene = await Scene.shared();
    persona = await scene.persona({ modelRoute: ['openai'] });
  });
  afterAll(() => scene.strike());
  beforeEach(() => {
    scene.model.reset();
    guest = scene.guest();
  });

  async function begin(rule = { chunks: 20, delayMs: 50 }): Promise<string> {
    scene.model.script(rule);
    const { conversationId } = await guest.converse(persona.personaId, { format: 'free' });
    return (await guest.ask(conversationId, { text: question })).turnId;
  }

  /** All server-sent events, as an EventSource would read them. */
  async function readSse(turnId: string, headers: Record<string, string> = {}): Promise<{ status: number; events: TurnEvent[] }> {
    const response = await fetch(`${scene.url}/api/turns/${turnId}/events`, {
      headers: { cookie: guest.http.cookieHeader, ...headers },
    });
    const blocks = (await response.text()).split('\n\n').filter((block) => block.includes('data:'));
    const events = blocks.map((block) => {
      const event = JSON.parse(/^data: ?(.*)$/m.exec(block)![1]!) as TurnEvent;
      expect(/^id: ?(\d+)$/m.exec(block)?.[1]).toBe(String(event.id));
      return event;
    });
    return { status: response.status, events };
  }

  it('are the same to each reader, whenever it came and however it reads', async () => {
    const turnId = await begin();
    const early = guest.follow(turnId);
    await early.next('delta');
    const [middle, sse] = [guest.follow(turnId), readSse(turnId)];
    await Promise.all([early.ending(), middle.ending()]);
    const late = guest.follow(turnId);
    await late.ending();
    for (const events of [middle.events, late.events, (await sse).events]) expect(events).toEqual(early.events);
  });

  it('go on after the last one seen', async () => {
    const turnId = await begin();
    const first = guest.follow(turnId);
    await first.next('delta');
    first.close();
    const seen = first.events.at(-1)!.id;
    const second = guest.follow(turnId, seen);
    await second.ending();
    expect(second.events[0]!.id).toBe(seen + 1);
    const whole = await readSse(turnId);
    expect([...first.events, ...second.events]).toEqual(whole.events);
    expect((await readSse(turnId, { 'last-event-id': String(seen) })).events).toEqual(second.events);
  });

  it('are over for a reader that has seen the last', async () => {
    const turnId = await begin({ chunks: 2, delayMs: 0 });
    const reader = guest.follow(turnId);
    await reader.ending();
    const answer = await readSse(turnId, { 'last-event-id': String(reader.events.at(-1)!.id) });
    expect(answer).toEqual({ status: 204, events: [] });
  });

  it('reach twenty readers of one turn and twenty turns at once', async () => {
    const turnId = await begin();
    const readers = Array.from({ length: 20 }, () => guest.follow(turnId));
    await Promise.all(readers.map((reader) => reader.ending()));
    expect(new Set(readers.map(({ text }) => text)).size).toBe(1);

    const guests = Array.from({ length: 20 }, () => scene.guest());
    const turns = await Promise.all(
      guests.map(async (one) => {
        const { conversationId } = await one.converse(persona.personaId, { format: 'free' });
        return (await one.askAndRead(conversationId, { text: question })).turn;
      }),
    );
    expect(turns.map(({ status }) => status)).toEqual(Array<string>(20).fill('completed'));
  });
});
