import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../infrastructure/tokens.js';
import { Upkeep } from '../infrastructure/upkeep.js';
import { AccountRemoval } from './account-removal.js';

const intervalMs = 10_000;

/** Finishes what requests began: moves of what guests own, and removals of accounts. */
@Injectable()
export class IdentityUpkeep extends Upkeep {
  constructor(
    private readonly moves: OwnerMoveRepository,
    private readonly removal: AccountRemoval,
    @Inject(REDIS) redis: Redis,
  ) {
    super(redis, { name: 'identity-upkeep', intervalMs, failure: 'accounts could not be looked after; trying again' });
  }

  protected async pass(): Promise<void> {
    await this.moves.settle();
    await this.removal.finishAll();
  }
}
