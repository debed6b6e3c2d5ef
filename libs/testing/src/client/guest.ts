import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationPage, ConversationWithTurns, CreateConversation } from '@dramatis/contracts/conversation';
import type { Feedback, RegenerateTurn, StartedTurn, StartTurn, Turn } from '@dramatis/contracts/turn';
import { HttpClient } from './http-client.js';
import { TurnReader } from './turn-reader.js';

/** A visitor with a session of their own, who talks with personas over HTTP and Socket.IO. */
export class Guest {
  readonly http: HttpClient;
  private readonly readers = new Set<TurnReader>();

  constructor(
    private readonly baseUrl: string,
    headers: Record<string, string> = {},
  ) {
    this.http = new HttpClient(baseUrl, headers);
  }

  converse(personaId: string, choices: Omit<CreateConversation, 'personaId'> = {}): Promise<Conversation> {
    return this.http.expect('POST', '/api/conversations', { personaId, ...choices });
  }

  conversation(conversationId: string): Promise<ConversationWithTurns> {
    return this.http.expect('GET', `/api/conversations/${conversationId}`);
  }

  conversations(): Promise<ConversationPage> {
    return this.http.expect('GET', '/api/conversations');
  }

  ask(conversationId: string, message: Partial<StartTurn> & { text: string }): Promise<StartedTurn> {
    return this.http.expect('POST', `/api/conversations/${conversationId}/turns`, { requestId: randomUUID(), ...message });
  }

  turn(turnId: string): Promise<Turn> {
    return this.http.expect('GET', `/api/turns/${turnId}`);
  }

  cancel(turnId: string): Promise<Turn> {
    return this.http.expect('POST', `/api/turns/${turnId}/cancel`);
  }

  regenerate(turnId: string, choices: Partial<RegenerateTurn> = {}): Promise<StartedTurn> {
    return this.http.expect('POST', `/api/turns/${turnId}/regenerate`, { requestId: randomUUID(), ...choices });
  }

  rate(turnId: string, feedback: Feedback): Promise<Turn> {
    return this.http.expect('POST', `/api/turns/${turnId}/feedback`, feedback);
  }

  /** Follows the turn from the event after the given one, over a socket of its own. */
  follow(turnId: string, after = 0): TurnReader {
    const reader = new TurnReader({ baseUrl: this.baseUrl, cookie: this.http.cookieHeader, turnId, after });
    this.readers.add(reader);
    return reader;
  }

  /** Asks, and follows the turn to its end. */
  async askAndRead(conversationId: string, message: Partial<StartTurn> & { text: string }): Promise<{ turn: Turn; reader: TurnReader }> {
    const { turnId } = await this.ask(conversationId, message);
    const reader = this.follow(turnId);
    return { turn: await reader.ending(), reader };
  }

  /** Closes all sockets. */
  leave(): void {
    for (const reader of this.readers) reader.close();
    this.readers.clear();
  }
}
