import { DomainError } from '@dramatis/contracts/errors';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { SharedPass } from '../infrastructure/shared-pass.js';
import { REDIS } from '../infrastructure/tokens.js';

const intervalMs = 60_000;
/** How long what was tried out is kept for a curator who tries out nothing else. */
const trialKeptMs = 24 * 60 * 60_000;

/** Finishes what requests began: deletions of conversations, and trials that somebody left behind. */
@Injectable()
export class ConversationUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ConversationUpkeep.name);
  private readonly pass: SharedPass;

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly modes: CustomModeRepository,
    private readonly formats: CustomFormatRepository,
    @Inject(REDIS) redis: Redis,
  ) {
    this.pass = new SharedPass({
      redis,
      name: 'conversation-upkeep',
      intervalMs,
      run: async () => {
        await this.conversations.settleRemovals();
        await this.removeTrials();
      },
      onError: (error) => this.logger.warn({ err: error }, 'conversations could not be looked after; trying again'),
    });
  }

  onApplicationBootstrap(): void {
    this.pass.start();
  }

  onModuleDestroy(): void {
    this.pass.stop();
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
