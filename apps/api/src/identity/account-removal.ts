import { DomainError } from '@dramatis/contracts/errors';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { MailQueueRepository } from '@dramatis/database/mail/mail-queue-repository';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { TurnEndings } from '../turns/turn-endings.js';
import { TurnsService } from '../turns/turns.service.js';

/** How long a removal waits for replies that were cancelled to end; a pass goes on with what takes longer. */
const patienceMs = 5_000;
const lookEveryMs = 200;
/** After this a turn that still runs is ended without its workflow. */
const forcedAfterMs = 120_000;

/**
 * Removes an account with all that is its owner's. The account is closed at once; the rest is removed step by step, each of which can be
 * repeated, so that a removal that was interrupted is finished by a later pass.
 */
@Injectable()
export class AccountRemoval {
  private readonly logger = new Logger(AccountRemoval.name);

  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: MailedTokenRepository,
    private readonly links: AccountLinkRepository,
    private readonly keys: ApiKeyRepository,
    private readonly moves: OwnerMoveRepository,
    private readonly conversations: ConversationRepository,
    private readonly turns: TurnRepository,
    private readonly turnsService: TurnsService,
    private readonly endings: TurnEndings,
    private readonly events: TurnEventStream,
    private readonly mailQueue: MailQueueRepository,
    private readonly outbox: OutboxRepository,
  ) {}

  /** Returns once nobody can sign in any more and, unless replies take long to end, nothing is left. @throws DomainError last_admin */
  async remove(account: AccountRecord): Promise<void> {
    const { administrators } = this.accounts;
    const wasAdmin = account.role === 'admin' && account.disabledAt === null;
    if (wasAdmin && !(await administrators.releaseOnly(account._id))) await administrators.remove(account._id);
    await this.accounts.beginRemoval(account._id);
    await this.sessions.endAll(account._id);
    await this.tokens.revoke(account._id);
    // The account is closed: what goes wrong from here on is for the passes, and not for its owner, who is gone.
    await this.finish(account).catch((error: unknown) => this.logger.warn({ err: error }, 'the removal of an account goes on later'));
  }

  /** Goes on with all removals that have begun. */
  async finishAll(): Promise<void> {
    for (const account of await this.accounts.beingRemoved()) await this.finish(account);
  }

  private async finish(account: AccountRecord): Promise<void> {
    const ownerId = account._id;
    await this.sessions.endAll(ownerId);
    await this.moves.settleOf(ownerId);
    await this.cancelRunning(ownerId);
    const forced = account.removedAt !== null && Date.now() - account.removedAt.getTime() > forcedAfterMs;
    if (!(await this.allEnded(ownerId, forced))) return;
    for (const conversationId of await this.conversations.idsOf(ownerId)) {
      const turnIds = await this.turns.idsOf(conversationId);
      await this.events.remove(turnIds);
      await this.conversations.delete(conversationId, ownerId);
    }
    await this.tokens.revoke(ownerId);
    await this.links.removeAll(ownerId);
    await this.keys.revokeAll(ownerId);
    await this.moves.removeOf(ownerId);
    await Promise.all([this.outbox.removeOf(ownerId), this.mailQueue.removeOf(ownerId)]);
    await this.accounts.delete(ownerId);
    this.logger.log('an account was removed with all that was its owner’s');
  }

  private async cancelRunning(ownerId: string): Promise<void> {
    for (const turn of await this.turns.runningOf(ownerId)) {
      await this.turnsService.stop(turn).catch((error: unknown) => {
        const passes = error instanceof DomainError && ['turn_finished', 'workflow_service_unavailable'].includes(error.code);
        if (!passes) throw error;
      });
    }
  }

  private async allEnded(ownerId: string, forced: boolean): Promise<boolean> {
    for (let waited = 0; ; waited += lookEveryMs) {
      const running = await this.turns.runningOf(ownerId);
      if (running.length === 0) return true;
      if (forced) {
        for (const turn of running) await this.endings.endCancelled(turn);
        return true;
      }
      if (waited >= patienceMs) return false;
      await delay(lookEveryMs);
    }
  }
}
