import { DomainError } from '@dramatis/contracts/errors';
import type { ConversationShare, SharedConversation, SharedTurn } from '@dramatis/contracts/share';
import { ConversationRepository, isForCurators } from '@dramatis/database/conversations/conversation-repository';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import type { Access } from '../access/access.js';
import { ConversationsService } from './conversations.service.js';

const tokenBytes = 32;

/**
 * Links that show a conversation to whoever has them, until they are revoked. A link shows the branch as it was when the link was
 * made: what is said later stays private until its owner shares again.
 */
@Injectable()
export class SharesService {
  constructor(
    private readonly own: ConversationsService,
    private readonly conversations: ConversationRepository,
    private readonly turns: TurnRepository,
  ) {}

  /** A new link; a former one ends. @throws DomainError conversation_not_found, nothing_to_share, preview_not_shared */
  async share(conversationId: string, access: Access): Promise<ConversationShare> {
    const conversation = await this.own.own(conversationId, access);
    if (isForCurators(conversation)) throw new DomainError('preview_not_shared');
    const branch = await this.turns.branchRecords(conversationId, conversation.headTurnId);
    const shown = branch.filter(isShown);
    const last = shown.at(-1);
    if (!last) throw new DomainError('nothing_to_share');
    const token = randomBytes(tokenBytes).toString('base64url');
    const sharedAt = new Date();
    await this.conversations.share(conversationId, conversation.ownerId, { hash: hashOf(token), headTurnId: last._id, sharedAt });
    return { token, sharedAt: sharedAt.toISOString(), turnCount: shown.length };
  }

  /** Ends the link; where there is none, nothing happens. @throws DomainError conversation_not_found */
  async revoke(conversationId: string, access: Access): Promise<void> {
    const conversation = await this.own.own(conversationId, access);
    await this.conversations.share(conversationId, conversation.ownerId, null);
  }

  /** What the link shows. @throws DomainError share_not_found */
  async read(token: string): Promise<SharedConversation> {
    const conversation = await this.conversations.findShared(hashOf(token));
    if (!conversation) throw new DomainError('share_not_found');
    const { personaId, personaName, title, share } = conversation;
    const branch = await this.turns.branchRecords(conversation._id, share.headTurnId);
    return { personaId, personaName, title, sharedAt: share.sharedAt.toISOString(), turns: branch.filter(isShown).map(toShared) };
  }
}

/** Whether there is a reply, whole or as far as it came before it was stopped. */
function isShown(turn: TurnRecord): boolean {
  return turn.status !== 'running' && Boolean(turn.replyText);
}

function toShared({ mode, format, customs, userText, replyText, citations }: TurnRecord): SharedTurn {
  return {
    ...(customs ? { customs } : {}),
    ...{ mode, format, userText, replyText: replyText ?? '' },
    citations: citations
      .filter(({ cited }) => cited)
      .map(({ number, documentTitle, headingPath, text }) => ({ number, documentTitle, headingPath, text })),
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
