import {
  conversation,
  conversationPage,
  conversationQuery,
  conversationWithTurns,
  createConversation,
  turnPageQuery,
  updateConversation,
  type Conversation,
  type ConversationPage,
  type ConversationQuery,
  type ConversationWithTurns,
  type CreateConversation,
  type TurnPageQuery,
  type UpdateConversation,
} from '@dramatis/contracts/conversation';
import { uuid } from '@dramatis/contracts/ids';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { Validated } from '../http/caching.js';
import { SelectableFields } from '../http/field-selection.js';
import { SessionService } from '../sessions/session.service.js';
import { ConversationsService } from './conversations.service.js';

@ApiTags('Conversations')
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly sessions: SessionService,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Begin a conversation with a persona', description: 'Begins a guest session too, where there is none.' })
  @ApiResponse({ status: 201, standardSchema: conversation })
  @ApiProblems('persona_not_found', 'persona_unavailable', 'mode_not_supported', 'format_not_supported', 'forbidden')
  async create(
    @Body({ schema: createConversation }) input: CreateConversation,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Conversation> {
    const ownerId = await this.sessions.ensureOwner(access.ownerId, response);
    return this.conversations.create(input, { ...access, ownerId });
  }

  @Get()
  @ApiOperation({ summary: 'List and search one’s conversations', description: 'Pinned ones first, then the one last used. Those that are archived only when asked for.' })
  @ApiResponse({ status: 200, standardSchema: conversationPage })
  @ApiProblems()
  @SelectableFields(conversationPage)
  @Validated('unkept')
  list(@Query({ schema: conversationQuery }) query: ConversationQuery, @CurrentAccess() access: Access): Promise<ConversationPage> {
    return this.conversations.list(query, access);
  }

  @Get(':conversationId')
  @ApiOperation({ summary: 'Read a conversation with the newest turns of the branch it is on', description: 'Earlier ones by `before`. Each turn names its siblings, which begin other branches.' })
  @ApiResponse({ status: 200, standardSchema: conversationWithTurns })
  @ApiProblems('conversation_not_found')
  @Validated('unkept')
  get(
    @Param('conversationId', { schema: uuid }) conversationId: string,
    @Query({ schema: turnPageQuery }) query: TurnPageQuery,
    @CurrentAccess() access: Access,
  ): Promise<ConversationWithTurns> {
    return this.conversations.get(conversationId, query, access);
  }

  @Patch(':conversationId')
  @ApiOperation({
    summary: 'Rename, pin or archive a conversation, change its mode or format, move it to another branch, or hold it to a corpus version',
  })
  @ApiResponse({ status: 200, standardSchema: conversation })
  @ApiProblems(
    'conversation_not_found',
    'turn_not_found',
    'turn_in_progress',
    'mode_not_supported',
    'format_not_supported',
    'forbidden',
    'corpus_version_not_found',
    'corpus_version_unavailable',
  )
  update(
    @Param('conversationId', { schema: uuid }) conversationId: string,
    @Body({ schema: updateConversation }) patch: UpdateConversation,
    @CurrentAccess() access: Access,
  ): Promise<Conversation> {
    return this.conversations.update(conversationId, patch, access);
  }

  @Delete(':conversationId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a conversation with its turns' })
  @ApiResponse({ status: 204 })
  @ApiProblems('conversation_not_found', 'turn_in_progress')
  delete(@Param('conversationId', { schema: uuid }) conversationId: string, @CurrentAccess() access: Access): Promise<void> {
    return this.conversations.delete(conversationId, access);
  }
}
