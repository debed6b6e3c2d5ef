import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type {
  Conversation,
  ConversationPage,
  ConversationQuery,
  ConversationWithTurns,
  CreateConversation,
  UpdateConversation,
} from '@dramatis/contracts/conversation';
import type { FormatList } from '@dramatis/contracts/custom-format';
import type { ModeList } from '@dramatis/contracts/custom-mode';
import type { PersonaKnowledge } from '@dramatis/contracts/corpus-profile';
import type { PassageInDocument } from '@dramatis/contracts/knowledge';
import type { Persona, PersonaPage, PersonaQuery } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import type { ServiceInfo } from '@dramatis/contracts/service';
import type { ConversationShare, SharedConversation } from '@dramatis/contracts/share';
import type { Feedback, RegenerateTurn, StartTurn, StartedTurn, Turn } from '@dramatis/contracts/turn';
import { Operator } from './operator';
import { settle } from './settle';

type Query = Record<string, string | number | boolean | undefined>;

/** Which of one's conversations, as the address of the request says it. */
export type ConversationsWanted = Partial<Pick<ConversationQuery, 'personaId' | 'search' | 'pinned' | 'archived' | 'preview' | 'sort' | 'limit' | 'offset'>>;

/** The API's routes that the page uses, typed by the contracts. Every method rejects with a {@link Problem} or, when aborted, an AbortError. */
@Injectable({ providedIn: 'root' })
export class ApiClient {
  private readonly http = inject(HttpClient);
  private readonly operator = inject(Operator);

  service(signal?: AbortSignal): Promise<ServiceInfo> {
    return settle(this.http.get<ServiceInfo>('/api/service', { headers: this.operator.headers() }), signal);
  }

  personas(query: Partial<PersonaQuery> = {}, signal?: AbortSignal): Promise<PersonaPage> {
    return this.get('/api/personas', query, signal);
  }

  persona(personaId: string, signal?: AbortSignal): Promise<Persona> {
    return this.get(`/api/personas/${encodeURIComponent(personaId)}`, {}, signal);
  }

  /** The draft of a persona, for curators; null where there is none. */
  personaDraft(personaId: string, signal?: AbortSignal): Promise<PersonaDraft | null> {
    return this.get(`/api/personas/${encodeURIComponent(personaId)}/draft`, {}, signal);
  }

  personaKnowledge(personaId: string, signal?: AbortSignal): Promise<PersonaKnowledge> {
    return this.get(`/api/personas/${encodeURIComponent(personaId)}/knowledge`, {}, signal);
  }

  /** Interaction modes to choose from, the installation's own among them. */
  modes(signal?: AbortSignal): Promise<ModeList> {
    return settle(this.http.get<ModeList>('/api/modes', { headers: this.operator.headers() }), signal);
  }

  formats(signal?: AbortSignal): Promise<FormatList> {
    return settle(this.http.get<FormatList>('/api/formats', { headers: this.operator.headers() }), signal);
  }

  conversations(query: ConversationsWanted = {}, signal?: AbortSignal): Promise<ConversationPage> {
    return this.get('/api/conversations', query, signal);
  }

  conversation(id: string, query: { limit?: number; before?: string } = {}, signal?: AbortSignal): Promise<ConversationWithTurns> {
    return this.get(`/api/conversations/${encodeURIComponent(id)}`, query, signal);
  }

  createConversation(body: CreateConversation): Promise<Conversation> {
    return settle(this.http.post<Conversation>('/api/conversations', body, this.asCurator()));
  }

  updateConversation(id: string, body: UpdateConversation): Promise<Conversation> {
    return settle(this.http.patch<Conversation>(`/api/conversations/${encodeURIComponent(id)}`, body, this.asCurator()));
  }

  async deleteConversation(id: string): Promise<void> {
    await settle(this.http.delete(`/api/conversations/${encodeURIComponent(id)}`));
  }

  startTurn(conversationId: string, body: StartTurn): Promise<StartedTurn> {
    return settle(this.http.post<StartedTurn>(`/api/conversations/${encodeURIComponent(conversationId)}/turns`, body, this.asCurator()));
  }

  turn(turnId: string, signal?: AbortSignal): Promise<Turn> {
    return this.get(`/api/turns/${encodeURIComponent(turnId)}`, {}, signal);
  }

  async cancelTurn(turnId: string): Promise<void> {
    await settle(this.http.post(`/api/turns/${encodeURIComponent(turnId)}/cancel`, {}));
  }

  regenerateTurn(turnId: string, body: RegenerateTurn): Promise<StartedTurn> {
    return settle(this.http.post<StartedTurn>(`/api/turns/${encodeURIComponent(turnId)}/regenerate`, body, this.asCurator()));
  }

  async rateTurn(turnId: string, body: Feedback): Promise<void> {
    await settle(this.http.post(`/api/turns/${encodeURIComponent(turnId)}/feedback`, body));
  }

  shareConversation(id: string): Promise<ConversationShare> {
    return settle(this.http.post<ConversationShare>(`/api/conversations/${encodeURIComponent(id)}/share`, {}));
  }

  async revokeShare(id: string): Promise<void> {
    await settle(this.http.delete(`/api/conversations/${encodeURIComponent(id)}/share`));
  }

  sharedConversation(token: string, signal?: AbortSignal): Promise<SharedConversation> {
    return this.get(`/api/shared/${encodeURIComponent(token)}`, {}, signal);
  }

  passage(passageId: string, signal?: AbortSignal): Promise<PassageInDocument> {
    return this.get(`/api/passages/${encodeURIComponent(passageId)}`, {}, signal);
  }

  private get<T>(path: string, query: Query, signal?: AbortSignal): Promise<T> {
    let params = new HttpParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') params = params.set(key, value);
    }
    return settle(this.http.get<T>(path, { params, ...this.asCurator() }), signal);
  }

  /** What only curators see, drafts and the previews of them, is theirs with the operator token too. */
  private asCurator(): { headers: Record<string, string> } {
    return { headers: this.operator.headers() };
  }
}
