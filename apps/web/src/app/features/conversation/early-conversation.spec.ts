import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { jest } from '@jest/globals';
import { FakeConversationApi } from '../../../testing/fake-conversation-api';
import { FakeTurnTransport } from '../../../testing/fake-turn-transport';
import { ApiClient } from '../../core/api-client';
import { Problem } from '../../core/problem';
import { TURN_EVENT_TRANSPORTS } from '../../core/turns/turn-events-port';
import { ConversationStore } from './conversation-store';
import { EarlyConversation } from './early-conversation';

@Component({ template: '' })
class Page {}

class CountingApi extends FakeConversationApi {
  readonly asked: string[] = [];

  override async conversation(id: string, query?: { limit?: number }): ReturnType<FakeConversationApi['conversation']> {
    this.asked.push(id);
    return super.conversation(id, query);
  }
}

describe('EarlyConversation', () => {
  let api: CountingApi;
  let askedBeforeTheCode: string[];

  beforeEach(() => {
    localStorage.clear();
    api = new CountingApi();
    const loadComponent = async (): Promise<typeof Page> => {
      inject(EarlyConversation).begin();
      askedBeforeTheCode = [...api.asked];
      return Page;
    };
    TestBed.configureTestingModule({
      providers: [
        ConversationStore,
        provideRouter([{ path: 'conversations/:conversationId', loadComponent }]),
        { provide: ApiClient, useValue: api },
        { provide: TURN_EVENT_TRANSPORTS, useValue: [new FakeTurnTransport()] },
      ],
    });
  });

  const arriveAt = (id: string): Promise<boolean> => TestBed.inject(Router).navigateByUrl(`/conversations/${id}?from=a-link#end`);

  it('asks for the conversation with the code of its page, and the page does not ask again', async () => {
    const id = api.conversationKept.conversationId;
    await arriveAt(id);
    expect(askedBeforeTheCode).toEqual([id]);
    const store = TestBed.inject(ConversationStore);
    await store.open(id);
    expect(store.conversation()?.conversationId).toBe(id);
    expect(store.persona()?.personaId).toBe(api.personaKept.personaId);
    expect(api.asked).toEqual([id]);
    // What was asked for early is used once: later it would be old.
    await store.open(id);
    expect(api.asked).toEqual([id, id]);
  });

  it('is not used when the page is opened much later: more may have been said since', async () => {
    const id = api.conversationKept.conversationId;
    await arriveAt(id);
    const later = Date.now() + 60_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
    try {
      await TestBed.inject(ConversationStore).open(id);
    } finally {
      clock.mockRestore();
    }
    expect(api.asked).toEqual([id, id]);
  });

  it('is of no use to another conversation', async () => {
    await arriveAt('another');
    const store = TestBed.inject(ConversationStore);
    await store.open(api.conversationKept.conversationId);
    expect(store.problem()).toBeNull();
    expect(api.asked).toEqual(['another', api.conversationKept.conversationId]);
  });

  it('leaves it to the page to say that there is none', async () => {
    await arriveAt('nowhere');
    const store = TestBed.inject(ConversationStore);
    await store.open('nowhere');
    expect(store.problem()).toBeInstanceOf(Problem);
    expect(store.problem()?.code).toBe('conversation_not_found');
    expect(api.asked).toEqual(['nowhere']);
  });
});
