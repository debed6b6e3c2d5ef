import type { Conversation, ConversationWithTurns, CreateConversation, TurnOnBranch, UpdateConversation } from '@dramatis/contracts/conversation';
import type { FormatList } from '@dramatis/contracts/custom-format';
import type { ListedMode, ModeList } from '@dramatis/contracts/custom-mode';
import type { Persona } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import type { PersonaKnowledge } from '@dramatis/contracts/corpus-profile';
import type { ServiceInfo } from '@dramatis/contracts/service';
import type { ConversationShare } from '@dramatis/contracts/share';
import type { Feedback, RegenerateTurn, StartTurn, StartedTurn, Turn } from '@dramatis/contracts/turn';
import type { ApiClient } from '../app/core/api-client';
import { Problem } from '../app/core/problem';
import { buildConversation, buildPersona } from './builders';
import { buildTurn } from './turn-events';

type Routes = Pick<
  ApiClient,
  'conversation' | 'persona' | 'personaDraft' | 'createConversation' | 'deleteConversation' | 'startTurn' | 'regenerateTurn' | 'cancelTurn' | 'rateTurn' | 'updateConversation' | 'turn' | 'service' | 'personaKnowledge' | 'shareConversation' | 'revokeShare' | 'modes' | 'formats'
>;

/** One conversation's routes in memory. Starts a turn once per request id, and one at a time, as the API does. */
export class FakeConversationApi implements Routes {
  personaKept: Persona = buildPersona();
  conversationKept: Conversation = buildConversation({ title: null, format: 'bullet_points' });
  turns: TurnOnBranch[] = [];
  /** The end of the branch that was moved to; null: the newest turn. */
  headTurnId: string | null = null;
  readonly requests: string[] = [];
  /** What the next write is answered with, once. `lostAnswer` carries it out and then loses the answer. */
  trouble: Problem | 'lostAnswer' | null = null;

  async conversation(id: string, _query: { limit?: number; before?: string } = {}): Promise<ConversationWithTurns> {
    if (id !== this.conversationKept.conversationId) throw new Problem('conversation_not_found', 'There is no such conversation.', 404);
    const branch: TurnOnBranch[] = [];
    let at = this.headTurnId ?? this.turns.at(-1)?.turnId ?? null;
    for (let turn = this.turns.find(({ turnId }) => turnId === at); turn; turn = this.turns.find(({ turnId }) => turnId === at)) {
      const { parentTurnId } = turn;
      const siblings = this.turns.filter((other) => other.parentTurnId === parentTurnId);
      branch.unshift({ ...turn, siblings: siblings.map(({ turnId, regenerationOf }) => ({ turnId, regenerationOf })) });
      at = parentTurnId;
    }
    return { ...this.conversationKept, headTurnId: branch.at(-1)?.turnId ?? null, turns: branch, hasEarlierTurns: false };
  }

  async service(): Promise<ServiceInfo> {
    const providers = [{ id: 'anthropic', model: 'large' }, { id: 'openai', model: 'small' }];
    return { version: '1', languageModelConfigured: true, firstAccountIsAdmin: false, providers, temporalUiUrl: null, temporalNamespace: null };
  }

  async personaKnowledge(personaId: string): Promise<PersonaKnowledge> {
    const counts = { documents: 1, passages: 1, words: 1, topics: [], entities: [], summary: [] };
    return { personaId, version: 1, ...counts, summarisedBy: null, starterQuestions: ['What of weaving?'], computedAt: '2026-01-01T10:00:00.000Z' };
  }

  async shareConversation(): Promise<ConversationShare> {
    this.requests.push('share');
    if (this.trouble instanceof Problem) throw this.trouble;
    return { token: 'a'.repeat(43), sharedAt: '2026-01-02T10:00:00.000Z', turnCount: 1 };
  }

  async revokeShare(): Promise<void> {
    this.requests.push('revoke');
  }

  async persona(): Promise<Persona> {
    return this.personaKept;
  }

  /** The draft that a preview talks with, or null. */
  draftKept: PersonaDraft | null = null;

  async personaDraft(): Promise<PersonaDraft | null> {
    return this.draftKept;
  }

  /** The modes to choose from, besides those that Dramatis brings; null: the list cannot be had. */
  modesKept: ListedMode[] | null = [];

  async modes(): Promise<ModeList> {
    if (!this.modesKept) throw new Problem('unreachable', 'The server cannot be reached.');
    return { items: this.modesKept };
  }

  async formats(): Promise<FormatList> {
    return { items: [] };
  }

  async createConversation(body: CreateConversation): Promise<Conversation> {
    this.requests.push(`create ${JSON.stringify(body)}`);
    return this.conversationKept;
  }

  async deleteConversation(id: string): Promise<void> {
    this.requests.push(`delete ${id}`);
  }

  async turn(turnId: string): Promise<TurnOnBranch> {
    const turn = this.turns.find((kept) => kept.turnId === turnId);
    if (!turn) throw new Problem('turn_not_found', 'There is no such turn.', 404);
    return turn;
  }

  async startTurn(conversationId: string, { requestId, text, mode, format, parentTurnId = null }: StartTurn): Promise<StartedTurn> {
    return this.begin(`start ${requestId} ${text}`, { conversationId, requestId, userText: text, mode, format, parentTurnId });
  }

  async regenerateTurn(turnId: string, { requestId, mode, format, provider }: RegenerateTurn): Promise<StartedTurn> {
    const { userText, conversationId, parentTurnId } = await this.turn(turnId);
    const request = `regenerate ${turnId}${provider ? ` by ${provider}` : ''}`;
    return this.begin(request, { conversationId, requestId, userText, mode, format, parentTurnId, regenerationOf: turnId });
  }

  async cancelTurn(turnId: string): Promise<void> {
    this.requests.push(`cancel ${turnId}`);
  }

  async rateTurn(turnId: string, { rating }: Feedback): Promise<void> {
    this.requests.push(`rate ${turnId} ${rating}`);
    if (this.trouble instanceof Problem) throw this.trouble;
  }

  async updateConversation(_: string, { headTurnId, ...patch }: UpdateConversation): Promise<Conversation> {
    if (headTurnId) {
      this.requests.push(`move to ${headTurnId}`);
      if (this.trouble instanceof Problem) throw this.trouble;
      this.headTurnId = headTurnId;
    }
    this.conversationKept = { ...this.conversationKept, ...patch };
    return this.conversationKept;
  }

  /** Ends a turn on the server's side. */
  end(turnId: string, ending: Partial<Turn>): TurnOnBranch {
    this.turns = this.turns.map((turn) => (turn.turnId === turnId ? { ...turn, endedAt: turn.createdAt, ...ending } : turn));
    return this.turns.find((turn) => turn.turnId === turnId)!;
  }

  private async begin(request: string, { mode, format, ...turn }: Partial<TurnOnBranch>): Promise<StartedTurn> {
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
      this.headTurnId = null;
    }
    if (trouble === 'lostAnswer') throw new Problem('unreachable', 'The server cannot be reached.');
    return { turnId: kept.turnId, workflowId: 'w', queued: false };
  }
}
