import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { FakeConversationApi } from '../../../testing/fake-conversation-api';
import { FakeTurnTransport } from '../../../testing/fake-turn-transport';
import { buildTurn, deltas, eventsFrom } from '../../../testing/turn-events';
import { ApiClient } from '../../core/api-client';
import { TURN_EVENT_TRANSPORTS } from '../../core/turns/turn-events-port';
import { ConversationStore } from './conversation-store';

const id = (number: number) => `00000000-0000-4000-8000-0000000000${number}`;

describe('ConversationStore, while somebody speaks on another device', () => {
  let api: FakeConversationApi;
  let transport: FakeTurnTransport;
  let store: ConversationStore;

  beforeEach(async () => {
    jest.useFakeTimers();
    localStorage.clear();
    api = new FakeConversationApi();
    api.turns = [buildTurn({ turnId: id(11), requestId: id(21), status: 'completed', replyText: 'One.' })];
    transport = new FakeTurnTransport();
    TestBed.configureTestingModule({
      providers: [ConversationStore, { provide: ApiClient, useValue: api }, { provide: TURN_EVENT_TRANSPORTS, useValue: [transport] }],
    });
    store = TestBed.inject(ConversationStore);
    await store.open(api.conversationKept.conversationId);
  });
  afterEach(() => jest.useRealTimers());

  const said = () => store.views().map(({ userText }) => userText);

  it('comes to know of it, and follows the reply', async () => {
    api.turns.push(buildTurn({ turnId: id(12), requestId: id(22), parentTurnId: id(11), userText: 'From the phone' }));
    await jest.advanceTimersByTimeAsync(61_000);
    expect(said()).toEqual(['What is the engine?', 'From the phone']);
    transport.sends(...eventsFrom(1, [{ type: 'accepted' }, ...deltas('It weaves')], id(12)));
    expect(store.views().at(-1)?.state?.text).toBe('It weaves');
    expect(store.running()).not.toBeNull();
  });

  it('is told of it at once where the connection tells, until it shows something else', async () => {
    const asked = jest.spyOn(api, 'conversation');
    const { conversationId } = api.conversationKept;
    api.turns.push(buildTurn({ turnId: id(12), requestId: id(22), parentTurnId: id(11), userText: 'From the phone', status: 'completed', replyText: 'Two.' }));
    transport.rings(conversationId);
    await jest.advanceTimersByTimeAsync(0);
    expect(said()).toEqual(['What is the engine?', 'From the phone']);
    await store.open(conversationId);
    asked.mockClear();
    transport.rings(conversationId);
    await jest.advanceTimersByTimeAsync(0);
    expect(asked.mock.calls.map(([, query]) => query)).toEqual([{ limit: 1 }]);
  });

  it('moves with them to another branch', async () => {
    api.turns.push(buildTurn({ turnId: id(12), requestId: id(22), userText: 'Said otherwise', status: 'completed', replyText: 'Two.' }));
    await jest.advanceTimersByTimeAsync(61_000);
    expect(said()).toEqual(['Said otherwise']);
  });

  it('reads nothing but the end while all is as it was', async () => {
    const asked = jest.spyOn(api, 'conversation');
    await jest.advanceTimersByTimeAsync(121_000);
    expect(asked.mock.calls.map(([, query]) => query)).toEqual([{ limit: 1 }, { limit: 1 }]);
  });
});
