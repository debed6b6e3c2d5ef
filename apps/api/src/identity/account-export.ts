import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import type { AccountRecord } from '@dramatis/database/accounts/account-repository';
import { ConversationRepository, type ConversationRecord } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { Injectable } from '@nestjs/common';
import { toAccount } from './account-views.js';
import { toApiKey } from './api-keys.js';
import { OwnSessions } from './own-sessions.js';

const turnsAtOnce = 100;

/** Everything of an account's owner that the installation holds, as one JSON document in pieces. */
@Injectable()
export class AccountExport {
  constructor(
    private readonly sessions: OwnSessions,
    private readonly conversations: ConversationRepository,
    private readonly turns: TurnRepository,
    private readonly audit: AuditRepository,
    private readonly links: AccountLinkRepository,
    private readonly keys: ApiKeyRepository,
  ) {}

  /** The pieces of the document, in order; it is as long as what was ever said, and never in memory as a whole. */
  async *write(account: AccountRecord, sessionId: string | null): AsyncGenerator<string, void, undefined> {
    const head = {
      exportedAt: new Date().toISOString(),
      account: toAccount(account),
      sessions: await this.sessions.list(account._id, sessionId),
      links: await this.links.of(account._id),
      apiKeys: (await this.keys.of(account._id)).map(toApiKey),
    };
    yield `${JSON.stringify(head).slice(0, -1)},"audit":[`;
    let separator = '';
    for await (const entry of this.audit.by(account._id)) {
      yield separator + JSON.stringify(entry);
      separator = ',';
    }
    yield '],"conversations":[';
    separator = '';
    for (const conversationId of await this.conversations.idsOf(account._id)) {
      const record = await this.conversations.findOwn(conversationId, account._id);
      // Deleted since the list was read.
      if (record === null) continue;
      yield separator;
      separator = ',';
      yield* this.writeConversation(record);
    }
    yield ']}\n';
  }

  private async *writeConversation(record: ConversationRecord): AsyncGenerator<string, void, undefined> {
    const conversation = await this.conversations.describe(record);
    yield `${JSON.stringify(conversation).slice(0, -1)},"turns":[`;
    let separator = '';
    for await (const turn of this.turns.all(record._id, turnsAtOnce)) {
      yield separator + JSON.stringify(turn);
      separator = ',';
    }
    yield ']}';
  }
}
