import { DomainError } from '@dramatis/contracts/errors';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../infrastructure/tokens.js';
import { Upkeep } from '../infrastructure/upkeep.js';

const intervalMs = 60_000;
/** How long what was tried out is kept for a curator who tries out nothing else. */
const trialKeptMs = 24 * 60 * 60_000;

/** Finishes what requests began: deletions of conversations, and trials that somebody left behind. */
@Injectable()
export class ConversationUpkeep extends Upkeep {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly modes: CustomModeRepository,
    private readonly formats: CustomFormatRepository,
    @Inject(REDIS) redis: Redis,
  ) {
    super(redis, { name: 'conversation-upkeep', intervalMs, failure: 'conversations could not be looked after; trying again' });
  }

  protected async pass(): Promise<void> {
    await this.conversations.settleRemovals();
    await this.removeTrials();
  }

  /** One that still runs stays until the next time. */
  async removeTrials(before = new Date(Date.now() - trialKeptMs)): Promise<void> {
    for (const { _id, ownerId } of await this.conversations.trialsBefore(before)) {
      await this.conversations.delete(_id, ownerId).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
    }
    await Promise.all([this.modes.removeTrialsBefore(before), this.formats.removeTrialsBefore(before)]);
  }
}
