import { DomainError } from '@dramatis/contracts/errors';
import type { Persona } from '@dramatis/contracts/persona';
import type { RegenerateTurn, StartedTurn, StartTurn } from '@dramatis/contracts/turn';
import { ConversationRepository, type ConversationRecord, isForCurators } from '@dramatis/database/conversations/conversation-repository';
import { turnIdOf } from '@dramatis/database/conversations/turn-id';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { TurnRepository, type NewTurn } from '@dramatis/database/conversations/turn-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Injectable, Logger } from '@nestjs/common';
import { type Access, mayCurate } from '../access/access.js';
import { ConversationChanges } from '../conversation-changes/conversation-changes.js';
import type { Caller } from '../limits/caller.js';
import { TurnAdmissions } from '../limits/turn-admissions.js';
import { CustomsOffered } from '../customs/customs-offered.js';
import { Metrics } from '../metrics/metrics.js';
import { requireAvailable, requireSupported } from '../personas/persona-abilities.js';
import { ConversationNotes } from './conversation-notes.js';
import { ProvidersOffered } from './providers-offered.js';
import { RecentTurns } from './recent-turns.js';
import { TurnPlaces } from './turn-places.js';
import { TurnWorkflows } from './turn-workflows.js';
import { TurnsService } from './turns.service.js';

type TurnRequest = Pick<NewTurn, 'conversationId' | 'ownerId' | 'requestId'>;
type Choices = Pick<NewTurn, 'parentTurnId' | 'regenerationOf' | 'userText' | 'mode' | 'format' | 'provider'>;

/**
 * Starts turns. The turn is stored before its workflow is started, so that nothing a person wrote is lost; a repeated
 * request meets the stored turn. Each round trip here is waited for by a person: what can wait is not awaited.
 */
@Injectable()
export class TurnStarter {
  private readonly logger = new Logger(TurnStarter.name);

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly turns: TurnRepository,
    private readonly own: TurnsService,
    private readonly personas: PersonaRepository,
    private readonly events: TurnEventStream,
    private readonly workflows: TurnWorkflows,
    private readonly notes: ConversationNotes,
    private readonly changes: ConversationChanges,
    private readonly recent: RecentTurns,
    private readonly places: TurnPlaces,
    private readonly providers: ProvidersOffered,
    private readonly customs: CustomsOffered,
    private readonly admissions: TurnAdmissions,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @throws DomainError conversation_not_found, persona_unavailable, mode_not_supported, format_not_supported,
   *   turn_in_progress, request_id_reused, rate_limited, too_many_turns, quota_exceeded
   */
  async start(conversationId: string, input: StartTurn, caller: Caller): Promise<StartedTurn> {
    const { ownerId } = caller.access;
    if (ownerId === null) throw conversationNotFound();
    const { requestId, text: userText } = input;
    return this.whenAdmitted({ conversationId, requestId, ownerId }, caller, async (conversation) => ({
      ...(await this.placeOf(input, conversation)),
      regenerationOf: null,
      userText,
      mode: input.mode ?? conversation.mode,
      format: input.format ?? conversation.format,
    }));
  }

  /**
   * Another try of the same message, beside the former ones. @throws DomainError turn_not_found, turn_not_finished,
   *   provider_not_offered, and as for starting.
   */
  async regenerate(turnId: string, input: RegenerateTurn, caller: Caller): Promise<StartedTurn> {
    const { access } = caller;
    const original = await this.own.own(turnId, access);
    const { conversationId, ownerId } = original;
    if (original.status === 'running') {
      throw new DomainError('turn_not_finished', {}, { turnId });
    }
    return this.whenAdmitted({ conversationId, requestId: input.requestId, ownerId }, caller, async () => ({
      parentTurnId: await this.parentOf(original),
      ...(input.provider === undefined ? {} : { provider: input.provider }),
      regenerationOf: original.regenerationOf ?? original._id,
      userText: original.userText,
      mode: input.mode ?? original.mode,
      format: input.format ?? original.format,
    }));
  }

  /** Begins the turn if limits let it, which is asked beside the conversation. */
  private async whenAdmitted(request: TurnRequest, caller: Caller, choose: (conversation: ConversationRecord) => Promise<Choices>): Promise<StartedTurn> {
    const { conversationId, requestId, ownerId } = request;
    const turnId = turnIdOf(conversationId, requestId);
    // The longer way first.
    const reading = this.conversations.getOwn(conversationId, ownerId);
    const admitting = this.admit(turnId, ownerId, caller);
    let begun = false;
    try {
      const [conversation] = await Promise.all([reading, admitting]);
      const { started, isRunning } = await this.begin({ ...request, ...(await choose(conversation)) }, conversation, caller.access);
      begun = isRunning;
      return started;
    } finally {
      const counted = !begun && (await admitting.catch(() => false));
      if (counted) await this.admissions.release(ownerId, turnId);
    }
  }

  private async begin(
    choices: TurnRequest & Choices,
    conversation: ConversationRecord,
    access: Access,
  ): Promise<{ started: StartedTurn; isRunning: boolean }> {
    const { personaId, corpusVersion: pinned, headTurnId, preview } = conversation;
    const forCurators = isForCurators(conversation);
    if (forCurators && !mayCurate(access)) throw conversationNotFound();
    const persona = preview ? await this.previewedPersona(personaId) : await this.availablePersona(personaId, access);
    requireSupported(persona, choices, access);
    if (choices.provider !== undefined) await this.providers.requireOffered(choices.provider, persona);
    const customs = await this.customs.pin(choices, access, choices.conversationId);
    const { record, created } = await this.turns.start({
      ...choices,
      ...(customs ? { customs } : {}),
      ...(forCurators ? { forCurators } : {}),
      personaId,
      personaVersion: persona.version,
      corpusVersion: pinned ?? persona.corpus.corpusVersion,
    });
    const started = { turnId: record._id, workflowId: record.workflowId, ...(record.customs ? { customs: record.customs } : {}) };
    if (record.status !== 'running') return { started: { ...started, queued: false }, isRunning: false };
    if (created) {
      // Who follows one of these is looked at each time: they may curate no more.
      if (!forCurators) this.recent.note(record._id, record.ownerId);
      this.places.note(record._id, record.conversationId);
      this.announce(record);
    }
    const [taken] = await Promise.all([
      this.startWorkflow(record, persona.name),
      created && headTurnId !== undefined ? this.conversations.followNewest(record.conversationId) : null,
    ]);
    const queued = !taken;
    if (created) {
      this.metrics.turnsStarted.inc({ queued: String(queued) });
      this.notes.noteUse(record);
      this.changes.tell(record.conversationId);
    }
    return { started: { ...started, queued }, isRunning: true };
  }

  /** Whether the workflow service took the turn; if not, the reconciler sees to it. */
  private async startWorkflow(record: TurnRecord, personaName: string): Promise<boolean> {
    try {
      await this.workflows.start(record, personaName);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, turnId: record._id }, 'turn is kept until the workflow service takes it');
      return false;
    }
  }

  private async availablePersona(personaId: string, access: Access): Promise<Persona> {
    const persona = await this.personas.get(personaId).catch(unavailable);
    requireAvailable(persona, access);
    return persona;
  }

  /** The draft as it is now, to which the turn is pinned. */
  private async previewedPersona(personaId: string): Promise<Persona> {
    return this.personas.previewed(personaId).catch(unavailable);
  }

  /**
   * Which turn the message follows, where the sender or the conversation says so. Where neither does, it follows what was said last;
   * whoever reads the branch works that out. @throws DomainError turn_not_found when it is none of the conversation
   */
  private async placeOf({ parentTurnId: given }: StartTurn, { _id: conversationId, headTurnId }: ConversationRecord): Promise<Pick<NewTurn, 'parentTurnId'>> {
    if (given === undefined) return headTurnId === undefined ? {} : { parentTurnId: headTurnId };
    const known = given === null || this.places.conversationOf(given) === conversationId || (await this.turns.isOf(given, conversationId));
    if (known) return { parentTurnId: given };
    throw new DomainError('turn_not_found.to_follow');
  }

  private async parentOf({ _id: turnId, conversationId, parentTurnId }: TurnRecord): Promise<string | null> {
    return parentTurnId === undefined ? ((await this.turns.tree(conversationId)).parentOf(turnId) ?? null) : parentTurnId;
  }

  /** Readers hear that the turn was accepted; nobody waits for that. */
  private announce(record: TurnRecord): void {
    this.events.publish(record._id, { type: 'accepted' }).catch((error: unknown) => {
      this.logger.warn({ err: error, turnId: record._id }, 'turn begins without its first event');
    });
  }

  /** Whether the turn was counted. @throws DomainError as for admitting; never for a request that has its turn already */
  private async admit(turnId: string, ownerId: string, caller: Caller): Promise<boolean> {
    try {
      return await this.admissions.admit(ownerId, turnId, caller);
    } catch (error) {
      const same = await this.turns.find(turnId);
      if (same?.ownerId !== ownerId) throw error;
      return false;
    }
  }
}

function conversationNotFound(): DomainError {
  return new DomainError('conversation_not_found');
}

function unavailable(cause: unknown): never {
  if (!(cause instanceof DomainError) || cause.code !== 'persona_not_found') throw cause;
  throw new DomainError('persona_unavailable.gone', {}, { cause });
}
