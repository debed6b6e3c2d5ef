import type { Provider } from '@angular/core';
import type { Conversation, ConversationPage, CreateConversation, ListedConversation, UpdateConversation } from '@dramatis/contracts/conversation';
import type { FormatList } from '@dramatis/contracts/custom-format';
import type { ModeList } from '@dramatis/contracts/custom-mode';
import type { PersonaKnowledge } from '@dramatis/contracts/corpus-profile';
import type { Persona, PersonaPage, PersonaQuery } from '@dramatis/contracts/persona';
import { ApiClient, type ConversationsWanted } from '../app/core/api-client';
import { Problem } from '../app/core/problem';
import { buildConversation } from './builders';

type Routes = Pick<
  ApiClient,
  'personas' | 'persona' | 'modes' | 'formats' | 'personaKnowledge' | 'conversations' | 'createConversation' | 'updateConversation' | 'deleteConversation' | 'cancelTurn'
>;

/** The API's routes over lists in memory. Can be unreachable, and can keep its answers back. */
export class FakeApi implements Routes {
  personasKept: Persona[] = [];
  conversationsKept: ListedConversation[] = [];
  /** How many conversations the next search does not come to. */
  unsearched = 0;
  /** What personas know, by id; of others nothing is computed. */
  knowledgeKept: PersonaKnowledge[] = [];
  /** What was asked for, oldest first, for example `personas {"search":"ada"}`. */
  readonly requests: string[] = [];
  private trouble: Problem | null = null;
  private gate: Promise<void> = Promise.resolve();
  private open: () => void = () => {};

  /** Every answer is this problem until `comeBack`. */
  failWith(problem: Problem): void {
    this.trouble = problem;
  }

  comeBack(): void {
    this.trouble = null;
  }

  /** Keeps every answer back until `release`. */
  hold(): void {
    this.gate = new Promise((resolve) => (this.open = resolve));
  }

  release(): void {
    this.open();
  }

  async personas(query: Partial<PersonaQuery> = {}, signal?: AbortSignal): Promise<PersonaPage> {
    await this.answer('personas', query, signal);
    const { search = '', domain, mode, format, limit = 24, offset = 0 } = query;
    const found = this.personasKept.filter(
      (persona) =>
        JSON.stringify(persona).toLowerCase().includes(search.toLowerCase()) &&
        (!domain || persona.knowledgeDomains.some((name) => name.toLowerCase() === domain.toLowerCase())) &&
        (!mode || persona.defaultInteractionModes.includes(mode)) &&
        (!format || persona.supportedResponseFormats.includes(format)),
    );
    return { items: found.slice(offset, offset + limit), total: found.length, limit, offset };
  }

  async modes(): Promise<ModeList> {
    const words = { label: { en: 'Devil’s advocate' }, phrase: { en: 'a devil’s advocate' }, description: { en: '' } };
    return { items: [{ ...words, modeId: 'custom.advocate', base: 'debater', builtIn: false, status: 'active', version: 1 }] };
  }

  async formats(): Promise<FormatList> {
    return { items: [] };
  }

  async persona(personaId: string, signal?: AbortSignal): Promise<Persona> {
    await this.answer('persona', personaId, signal);
    return found(this.personasKept.find((persona) => persona.personaId === personaId), 'persona_not_found');
  }

  async personaKnowledge(personaId: string, signal?: AbortSignal): Promise<PersonaKnowledge> {
    await this.answer('personaKnowledge', personaId, signal);
    return found(this.knowledgeKept.find((knowledge) => knowledge.personaId === personaId), 'persona_not_found');
  }

  async conversations(query: ConversationsWanted = {}, signal?: AbortSignal): Promise<ConversationPage> {
    await this.answer('conversations', query, signal);
    const { limit = 30, offset = 0, search = '', personaId, archived = false, sort = 'recent' } = query;
    const found = this.conversationsKept
      .filter(
        (kept) =>
          kept.archived === archived &&
          (!personaId || kept.personaId === personaId) &&
          `${kept.title ?? ''} ${kept.excerpt ?? ''}`.toLowerCase().includes(search.toLowerCase()),
      )
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || (sort === 'title' ? (a.title ?? '').localeCompare(b.title ?? '') : 0));
    const items = found.slice(offset, offset + limit).map((kept) => (search ? kept : { ...kept, excerpt: null }));
    const unsearched = search ? this.unsearched : 0;
    this.unsearched = 0;
    return { items, total: found.length, limit, offset, unsearched };
  }

  async createConversation(body: CreateConversation): Promise<Conversation> {
    await this.answer('createConversation', body);
    const created = buildConversation({ ...body, title: body.title ?? null, turnCount: 0 });
    this.conversationsKept.unshift(created);
    return created;
  }

  async updateConversation(id: string, body: UpdateConversation): Promise<Conversation> {
    await this.answer('updateConversation', body);
    const { headTurnId: _, ...changes } = body;
    const updated = { ...this.conversation(id), ...changes };
    this.conversationsKept = this.conversationsKept.map((kept) => (kept.conversationId === id ? updated : kept));
    return updated;
  }

  async deleteConversation(id: string): Promise<void> {
    await this.answer('deleteConversation', id);
    if (this.conversation(id).runningTurnId) throw new Problem('turn_in_progress', 'A reply is being written.', 409);
    this.conversationsKept = this.conversationsKept.filter((kept) => kept.conversationId !== id);
  }

  async cancelTurn(turnId: string): Promise<void> {
    await this.answer('cancelTurn', turnId);
    this.conversationsKept = this.conversationsKept.map((kept) => (kept.runningTurnId === turnId ? { ...kept, runningTurnId: null } : kept));
  }

  private conversation(id: string): ListedConversation {
    return found(this.conversationsKept.find((kept) => kept.conversationId === id), 'conversation_not_found');
  }

  private async answer(route: string, asked: unknown, signal?: AbortSignal): Promise<void> {
    this.requests.push(`${route} ${JSON.stringify(asked)}`);
    await this.gate;
    signal?.throwIfAborted();
    if (this.trouble) throw this.trouble;
  }
}

export function provideFakeApi(api: FakeApi): Provider {
  return { provide: ApiClient, useValue: api };
}

export const unreachable = new Problem('unreachable', 'The server cannot be reached. Check the connection and try again.');

function found<T>(value: T | undefined, code: string): T {
  if (value === undefined) throw new Problem(code, 'There is no such thing.', 404);
  return value;
}
