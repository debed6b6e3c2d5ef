import type { Conversation, ConversationWithTurns, UpdateConversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import type { Feedback, RegenerateTurn, StartTurn, StartedTurn, Turn } from '@dramatis/contracts/turn';
import type { ApiClient } from '../app/core/api-client';
import { Problem } from '../app/core/problem';
import { buildConversation, buildPersona } from './builders';
import { buildTurn } from './turn-events';

type Routes = Pick<
  ApiClient,
  'conversation' | 'persona' | 'startTurn' | 'regenerateTurn' | 'cancelTurn' | 'rateTurn' | 'updateConversation' | 'turn'
>;

/** One conversation's routes in memory. Starts a turn once per request id, and one at a time, as the API does. */
export class FakeConversationApi implements Routes {
  readonly personaKept: Persona = buildPersona();
  conversationKept: Conversation = buildConversation({ title: null, format: 'bullet_points' });
  turns: Turn[] = [];
  readonly requests: string[] = [];
  /** What the next write is answered with, once. `lostAnswer` carries it out and then loses the answer. */
  trouble: Problem | 'lostAnswer' | null = null;

  async conversation(id: string): Promise<ConversationWithTurns> {
    if (id !== this.conversationKept.conversationId) throw new Problem('conversation_not_found', 'There is no such conversation.', 404);
    return { ...this.conversationKept, turns: [...this.turns], hasEarlierTurns: false };
  }

  async persona(): Promise<Persona> {
    return this.personaKept;
  }

  async turn(turnId: string): Promise<Turn> {
    const turn = this.turns.find((kept) => kept.turnId === turnId);
    if (!turn) throw new Problem('turn_not_found', 'There is no such turn.', 404);
    return turn;
  }

  async startTurn(conversationId: string, { requestId, text, mode, format }: StartTurn): Promise<StartedTurn> {
    return this.begin(`start ${requestId} ${text}`, { conversationId, requestId, userText: text, mode, format });
  }

  async regenerateTurn(turnId: string, { requestId, mode, format }: RegenerateTurn): Promise<StartedTurn> {
    const { userText, conversationId } = await this.turn(turnId);
    return this.begin(`regenerate ${turnId}`, { conversationId, requestId, userText, mode, format, regenerationOf: turnId });
  }

  async cancelTurn(turnId: string): Promise<void> {
    this.requests.push(`cancel ${turnId}`);
  }

  async rateTurn(turnId: string, { rating }: Feedback): Promise<void> {
    this.requests.push(`rate ${turnId} ${rating}`);
    if (this.trouble instanceof Problem) throw this.trouble;
  }

  async updateConversation(_: string, patch: UpdateConversation): Promise<Conversation> {
    this.conversationKept = { ...this.conversationKept, ...patch };
    return this.conversationKept;
  }

  /** Ends a turn on the server's side. */
  end(turnId: string, ending: Partial<Turn>): Turn {
    this.turns = this.turns.map((turn) => (turn.turnId === turnId ? { ...turn, endedAt: turn.createdAt, ...ending } : turn));
    return this.turns.find((turn) => turn.turnId === turnId)!;
  }

  private async begin(request: string, { mode, format, ...turn }: Partial<Turn>): Promise<StartedTurn> {
    this.requests.push(request);
    const trouble = this.trouble;
    this.trouble = null;
    if (trouble instanceof Problem) throw trouble;
    let kept = this.turns.find(({ requestId }) => requestId === turn.requestId);
    if (!kept) {
      if (this.turns.some(({ status }) => status === 'running')) throw new Problem('turn_in_progress', 'A reply is still being written.', 409);
      const number = String(this.turns.length + 1).padStart(12, '0');
      kept = buildTurn({ ...turn, mode: mode ?? 'educator', format: format ?? 'free', turnId: `00000000-0000-4000-8000-${number}` });
      this.turns.push(kept);
    }
    if (trouble === 'lostAnswer') throw new Problem('unreachable', 'The server cannot be reached.');
    return { turnId: kept.turnId, workflowId: 'w', queued: false };
  }
}
