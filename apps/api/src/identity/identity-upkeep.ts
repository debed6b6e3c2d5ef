import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../infrastructure/tokens.js';
import { AccountRemoval } from './account-removal.js';

const intervalMs = 10_000;
const passKey = 'dramatis:identity-upkeep:pass';

/** Finishes what requests began: moves of what guests own, and removals of accounts. All of it is idempotent; one process at a time does it, to spare the servers. */
@Injectable()
export class IdentityUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IdentityUpkeep.name);
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly moves: OwnerMoveRepository,
    private readonly removal: AccountRemoval,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.pass(), intervalMs);
    this.timer.unref();
  }

  private async pass(): Promise<void> {
    try {
      if (await this.isOurTurn()) {
        await this.moves.settle();
        await this.removal.finishAll();
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'accounts could not be looked after; trying again');
    }
    if (!this.stopped) this.schedule();
  }

  /** Whether no other API process has looked in this interval. Without Redis everybody looks. */
  private async isOurTurn(): Promise<boolean> {
    try {
      return (await this.redis.set(passKey, '1', 'PX', intervalMs - 500, 'NX')) === 'OK';
    } catch {
      return true;
    }
  }
}
