import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Turn } from '@dramatis/contracts/turn';
import { FakeTurnTransport } from '../../../testing/fake-turn-transport';
import { buildTurn, deltas, eventsFrom, turnId } from '../../../testing/turn-events';
import { ApiClient } from '../api-client';
import { Problem } from '../problem';
import { TURN_EVENT_TRANSPORTS } from './turn-events-port';
import { TurnStream } from './turn-stream';

interface Reader {
  ids: number[];
  events: TurnEvent[];
  ended: boolean;
  problem: unknown;
  stop: () => void;
}

describe('TurnStream', () => {
  let socket: FakeTurnTransport;
  let sse: FakeTurnTransport;
  let stored: Turn | Problem;
  let stream: TurnStream;

  beforeEach(() => {
    jest.useFakeTimers();
    socket = new FakeTurnTransport('socket');
    sse = new FakeTurnTransport('sse');
    stored = buildTurn();
    const api: Pick<ApiClient, 'turn'> = { turn: async () => (stored instanceof Problem ? Promise.reject(stored) : stored) };
    TestBed.configureTestingModule({
      providers: [
        { provide: TURN_EVENT_TRANSPORTS, useValue: [socket, sse] },
        { provide: ApiClient, useValue: api },
      ],
    });
    stream = TestBed.inject(TurnStream);
  });

  afterEach(() => jest.useRealTimers());

  function read(after = 0): Reader {
    const reader: Reader = { ids: [], events: [], ended: false, problem: null, stop: () => undefined };
    const subscription = stream.follow(turnId, after).subscribe({
      next: (event) => {
        reader.ids.push(event.id);
        reader.events.push(event);
      },
      error: (problem: unknown) => (reader.problem = problem),
      complete: () => (reader.ended = true),
    });
    reader.stop = () => subscription.unsubscribe();
    return reader;
  }

  const completed = (id: number): TurnEvent =>
    eventsFrom(id, [{ type: 'completed', turn: buildTurn({ status: 'completed', replyText: 'All of it.' }) }])[0] as TurnEvent;

  it('gives events in order and ends with the final one', () => {
    const reader = read();
    socket.opens();
    socket.sends(...eventsFrom(1, [{ type: 'accepted' }, ...deltas('a', 'b')]), completed(4));
    expect(reader.ids).toEqual([1, 2, 3, 4]);
    expect(reader.ended).toBe(true);
    expect(socket.subscriptions.map(({ open }) => open)).toEqual([false]);
  });

  it('begins after the event that the reader has seen', () => {
    read(7);
    expect(socket.current.after).toBe(7);
  });

  it('gives no event twice, whatever is delivered again', () => {
    const reader = read();
    const events = eventsFrom(1, [{ type: 'accepted' }, ...deltas('a', 'b')]);
    socket.sends(...events, ...events, ...events.slice(1));
    expect(reader.ids).toEqual([1, 2, 3]);
  });

  it('hides no gap: asks again from the last event in order', () => {
    const reader = read();
    const events = eventsFrom(1, [{ type: 'accepted' }, ...deltas('a', 'b', 'c')]);
    socket.sends(events[0]!, events[1]!, events[3]!);
    expect(reader.ids).toEqual([1, 2]);
    jest.advanceTimersByTime(300);
    expect(sse.current.after).toBe(2);
    sse.sends(...events.slice(2));
    expect(reader.ids).toEqual([1, 2, 3, 4]);
  });

  it('goes on over the other transport after a lost connection, from the last event', () => {
    const reader = read();
    socket.opens();
    socket.sends(...eventsFrom(1, [{ type: 'accepted' }, ...deltas('a')]));
    expect(stream.connection()).toBe('live');
    socket.loses();
    expect(stream.connection()).toBe('reconnecting');
    jest.advanceTimersByTime(300);
    expect(sse.current.after).toBe(2);
    sse.opens();
    expect(stream.connection()).toBe('live');
    sse.loses();
    jest.advanceTimersByTime(600);
    expect(socket.current.after).toBe(2);
    socket.sends(...eventsFrom(3, deltas('b')), completed(4));
    expect(reader.ids).toEqual([1, 2, 3, 4]);
    expect(stream.connection()).toBe('idle');
  });

  it('does not hear a subscription that it has given up', () => {
    const reader = read();
    const first = socket.current.listener;
    socket.loses();
    jest.advanceTimersByTime(300);
    first.event(eventsFrom(1, [{ type: 'accepted' }])[0]!);
    first.lost();
    expect(reader.ids).toEqual([]);
    expect(sse.subscriptions).toHaveLength(1);
  });

  it('waits longer from try to try, up to a bound, and hurries when the network is back', () => {
    read();
    for (let tries = 0; tries < 12; tries++) {
      (tries % 2 === 0 ? socket : sse).loses();
      jest.advanceTimersByTime(8_000);
    }
    expect(socket.subscriptions.length + sse.subscriptions.length).toBe(13);
    socket.loses();
    jest.advanceTimersByTime(1_000);
    expect(sse.subscriptions).toHaveLength(6);
    window.dispatchEvent(new Event('online'));
    expect(sse.subscriptions).toHaveLength(7);
  });

  it('takes the final event whatever was missed before it', () => {
    const reader = read(5);
    socket.sends(completed(1));
    expect(reader.ids).toEqual([6]);
    expect(reader.ended).toBe(true);
  });

  it("takes the turn's record for the end when no transport brings it", async () => {
    const reader = read();
    socket.loses();
    jest.advanceTimersByTime(300);
    stored = buildTurn({ status: 'cancelled', replyText: 'Half of', endedAt: '2026-01-01T10:00:09.000Z' });
    sse.loses();
    await jest.advanceTimersByTimeAsync(0);
    expect(reader.events.map(({ type }) => type)).toEqual(['cancelled']);
    expect(reader.ended).toBe(true);
  });

  it('tells the problem when both transports decline', () => {
    const reader = read();
    const problem = new Problem('turn_not_found', 'There is no such turn.', 404);
    socket.refuses(problem);
    expect(reader.problem).toBeNull();
    jest.advanceTimersByTime(300);
    sse.refuses(problem);
    expect(reader.problem).toBe(problem);
    expect(stream.connection()).toBe('idle');
  });

  it('leaves no subscription behind when the reader goes', () => {
    const reader = read();
    reader.stop();
    expect(socket.subscriptions.every(({ open }) => !open)).toBe(true);
    jest.advanceTimersByTime(60_000);
    expect(socket.subscriptions).toHaveLength(1);
  });
});
