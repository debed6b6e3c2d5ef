import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { SharedPass } from '../infrastructure/shared-pass.js';
import { REDIS } from '../infrastructure/tokens.js';
import { AccountRemoval } from './account-removal.js';

const intervalMs = 10_000;

/** Finishes what requests began: moves of what guests own, and removals of accounts. */
@Injectable()
export class IdentityUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IdentityUpkeep.name);
  private readonly pass: SharedPass;

  constructor(moves: OwnerMoveRepository, removal: AccountRemoval, @Inject(REDIS) redis: Redis) {
    this.pass = new SharedPass({
      redis,
      name: 'identity-upkeep',
      intervalMs,
      run: async () => {
        await moves.settle();
        await removal.finishAll();
      },
      onError: (error) => this.logger.warn({ err: error }, 'accounts could not be looked after; trying again'),
    });
  }

  onApplicationBootstrap(): void {
    this.pass.start();
  }

  onModuleDestroy(): void {
    this.pass.stop();
  }
}
