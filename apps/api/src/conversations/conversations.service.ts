import type {
  Conversation,
  ConversationPage,
  ConversationQuery,
  ConversationWithTurns,
  CreateConversation,
  TurnPageQuery,
  UpdateConversation,
} from '@dramatis/contracts/conversation';
import { DomainError } from '@dramatis/contracts/errors';
import { ConversationRepository, type ConversationRecord, isForCurators } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Access, mayCurate } from '../access/access.js';
import { ConversationChanges } from '../conversation-changes/conversation-changes.js';
import { CustomsOffered } from '../customs/customs-offered.js';
import { defaultsOf, requireAvailable, requireSupported } from '../personas/persona-abilities.js';
import { PersonasService } from '../personas/personas.service.js';
import { TurnPlaces } from '../turns/turn-places.js';

/** An owner's conversations. Those of others, and everything for who has no session, do not exist. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly turns: TurnRepository,
    private readonly personas: PersonasService,
    private readonly personaRepository: PersonaRepository,
    private readonly versions: CorpusVersionRepository,
    private readonly places: TurnPlaces,
    private readonly changes: ConversationChanges,
    private readonly customs: CustomsOffered,
  ) {}

  /** @throws DomainError persona_not_found, persona_unavailable, mode_not_supported, format_not_supported; forbidden for a preview */
  async create(input: CreateConversation, access: Access & { ownerId: string }): Promise<Conversation> {
    const persona = input.preview ? await this.personas.previewed(input.personaId, access) : await this.personas.get(input.personaId, access);
    if (!input.preview) requireAvailable(persona, access);
    const defaults = defaultsOf(persona);
    const chosen = { mode: input.mode ?? defaults.mode, format: input.format ?? defaults.format };
    requireSupported(persona, chosen, access);
    await this.customs.pin(chosen, access);
    return this.conversations.create(randomUUID(), {
      ownerId: access.ownerId,
      personaId: persona.personaId,
      personaName: persona.name,
      title: input.title ?? null,
      ...chosen,
      ...(input.preview && { preview: true as const }),
    });
  }

  async list(query: ConversationQuery, access: Access): Promise<ConversationPage> {
    const { ownerId } = access;
    const isAbsent = ownerId === null || (query.preview === true && !mayCurate(access));
    const page = isAbsent ? { items: [], total: 0, unsearched: 0 } : await this.conversations.list(ownerId, query);
    return { ...page, limit: query.limit, offset: query.offset };
  }

  /** @throws DomainError conversation_not_found */
  async get(conversationId: string, query: TurnPageQuery, access: Access): Promise<ConversationWithTurns> {
    const record = await this.own(conversationId, access);
    const before = query.before === undefined ? {} : { before: new Date(query.before) };
    const [conversation, branch] = await Promise.all([
      this.conversations.describe(record),
      this.turns.branch(conversationId, record.headTurnId, { limit: query.limit, ...before }),
    ]);
    for (const turn of branch.turns) {
      this.places.note(turn.turnId, conversationId);
      if (turn.parentTurnId !== null) this.places.note(turn.parentTurnId, conversationId);
    }
    return { ...conversation, headTurnId: branch.headTurnId, turns: branch.turns, hasEarlierTurns: branch.more };
  }

  /**
   * @throws DomainError conversation_not_found, mode_not_supported, format_not_supported; turn_not_found, turn_in_progress for the
   *   branch; for a corpus version forbidden, corpus_version_not_found, corpus_version_unavailable
   */
  async update(conversationId: string, { corpusVersion, headTurnId, ...patch }: UpdateConversation, access: Access): Promise<Conversation> {
    const record = await this.own(conversationId, access);
    if (corpusVersion !== undefined && !mayCurate(access)) {
      throw new DomainError('forbidden.pin');
    }
    if (patch.mode !== undefined || patch.format !== undefined) {
      const persona = record.preview ? await this.personaRepository.previewed(record.personaId) : await this.personaRepository.get(record.personaId);
      // What it was in before may not be offered any more: then one must be able to leave it, one choice after the other.
      requireSupported(persona, patch, access);
      await this.customs.pin({ mode: patch.mode ?? 'educator', format: patch.format ?? 'free' }, access, conversationId);
    }
    const head = headTurnId === undefined ? {} : { headTurnId: await this.endOfBranch(conversationId, headTurnId) };
    if (corpusVersion !== undefined) await this.pin(record, corpusVersion);
    const updated = await this.conversations.update(conversationId, record.ownerId, { ...patch, ...head });
    if (headTurnId !== undefined) this.changes.tell(conversationId);
    return this.conversations.describe(updated);
  }

  /** The newest end of the turn's branch; null when that is where was spoken last anyway. */
  private async endOfBranch(conversationId: string, turnId: string): Promise<string | null> {
    const running = await this.turns.running(conversationId);
    if (running) {
      throw new DomainError('turn_in_progress.on_branch', {}, { turnId: running._id });
    }
    const tree = await this.turns.tree(conversationId);
    if (!tree.has(turnId)) throw new DomainError('turn_not_found.here');
    const end = tree.newestEndOf(turnId);
    return end === tree.head() ? null : end;
  }

  /** What pins a version keeps it from being collected; the mark of a collection that came between is seen after. */
  private async pin({ _id, personaId, corpusVersion: former = null }: ConversationRecord, corpusVersion: number | null): Promise<void> {
    if (corpusVersion !== null) await this.versions.requireAvailable(personaId, corpusVersion);
    await this.conversations.pin(_id, corpusVersion);
    if (corpusVersion === null) return;
    try {
      await this.versions.requireAvailable(personaId, corpusVersion);
    } catch (error) {
      await this.conversations.pin(_id, former);
      throw error;
    }
  }

  /** @throws DomainError conversation_not_found, turn_in_progress */
  async delete(conversationId: string, access: Access): Promise<void> {
    const record = await this.own(conversationId, access);
    await this.conversations.delete(conversationId, record.ownerId);
  }

  /** Who curates no more sees no more of what is not published. @throws DomainError conversation_not_found */
  async own(conversationId: string, access: Access): Promise<ConversationRecord> {
    if (access.ownerId === null) throw notFound();
    const record = await this.conversations.getOwn(conversationId, access.ownerId);
    if (isForCurators(record) && !mayCurate(access)) throw notFound();
    return record;
  }
}

function notFound(): DomainError {
  return new DomainError('conversation_not_found');
}
