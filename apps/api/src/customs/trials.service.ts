import type { TryFormat } from '@dramatis/contracts/custom-format';
import type { TryMode } from '@dramatis/contracts/custom-mode';
import type { StartedTrial } from '@dramatis/contracts/custom-trial';
import { DomainError } from '@dramatis/contracts/errors';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Access } from '../access/access.js';
import type { Caller } from '../limits/caller.js';
import { defaultsOf, requireAvailable } from '../personas/persona-abilities.js';
import { PersonasService } from '../personas/personas.service.js';
import { TurnStarter } from '../turns/turn-starter.js';
import type { Manner } from './customs-offered.js';

type Curator = Caller & { access: Access & { ownerId: string } };

interface Trial {
  personaId: string;
  question: string;
  title: string;
}

/** Definitions that are tried out: a turn like any other, in a conversation of the curator's own that is in no list. */
@Injectable()
export class TrialsService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly modes: CustomModeRepository,
    private readonly formats: CustomFormatRepository,
    private readonly personas: PersonasService,
    private readonly turns: TurnStarter,
  ) {}

  /** @throws DomainError persona_not_found, persona_unavailable, and as starting a turn does */
  async tryMode({ definition, personaId, question, format }: TryMode, caller: Curator): Promise<StartedTrial> {
    return this.begin({ personaId, question, title: definition.label.en }, caller, async (conversationId, defaults) => {
      const { id: mode } = await this.modes.keepTrial(conversationId, definition);
      return { mode, format: format ?? defaults.format };
    });
  }

  /** @throws DomainError persona_not_found, persona_unavailable, and as starting a turn does */
  async tryFormat({ definition, personaId, question, mode }: TryFormat, caller: Curator): Promise<StartedTrial> {
    return this.begin({ personaId, question, title: definition.label.en }, caller, async (conversationId, defaults) => {
      const { id: format } = await this.formats.keepTrial(conversationId, definition);
      return { format, mode: mode ?? defaults.mode };
    });
  }

  /** @param keep keeps the definition for the conversation, once it is known that there will be one */
  private async begin({ personaId, question, title }: Trial, caller: Curator, keep: (conversationId: string, defaults: Manner) => Promise<Manner>): Promise<StartedTrial> {
    const { ownerId } = caller.access;
    const persona = await this.personas.get(personaId, caller.access);
    requireAvailable(persona, caller.access);
    await this.removeFormer(ownerId);
    const conversationId = randomUUID();
    const manner = await keep(conversationId, defaultsOf(persona));
    await this.conversations.create(conversationId, { ownerId, personaId, personaName: persona.name, title, trial: true, ...manner });
    return { conversationId, ...(await this.turns.start(conversationId, { requestId: randomUUID(), text: question }, caller)) };
  }

  /** One that still runs stays until the next time. */
  private async removeFormer(ownerId: string): Promise<void> {
    const removed: string[] = [];
    for (const conversationId of await this.conversations.trialsOf(ownerId)) {
      try {
        await this.conversations.delete(conversationId, ownerId);
        removed.push(conversationId);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }
    await Promise.all([this.modes.removeTrials(removed), this.formats.removeTrials(removed)]);
  }
}
