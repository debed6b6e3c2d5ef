import { uuid } from '@dramatis/contracts/ids';
import { conversationShare, sharedConversation, shareToken, type ConversationShare, type SharedConversation } from '@dramatis/contracts/share';
import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { SharesService } from './shares.service.js';

@ApiTags('Conversations')
@Controller('api')
export class SharesController {
  constructor(private readonly shares: SharesService) {}

  @Post('conversations/:conversationId/share')
  @ApiOperation({
    summary: 'Make a link that shows the conversation to whoever has it',
    description: 'Shows the branch as it is now; what is said later is not shown. A former link ends. The token is told only here.',
  })
  @ApiResponse({ status: 201, standardSchema: conversationShare })
  @ApiProblems('conversation_not_found', 'nothing_to_share', 'preview_not_shared')
  share(@Param('conversationId', { schema: uuid }) conversationId: string, @CurrentAccess() access: Access): Promise<ConversationShare> {
    return this.shares.share(conversationId, access);
  }

  @Delete('conversations/:conversationId/share')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke the link', description: 'It shows nothing any more, at once. Without a link nothing happens.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('conversation_not_found')
  revoke(@Param('conversationId', { schema: uuid }) conversationId: string, @CurrentAccess() access: Access): Promise<void> {
    return this.shares.revoke(conversationId, access);
  }

  /** A revoked link shows nothing at once: answers of the API are kept nowhere, and search engines are told to leave it. */
  @Get('shared/:token')
  @Header('X-Robots-Tag', 'noindex, nofollow')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiOperation({ summary: 'Read a shared conversation', description: 'Needs no session. Texts and their sources, nothing of who wrote them.' })
  @ApiResponse({ status: 200, standardSchema: sharedConversation })
  @ApiProblems('share_not_found')
  read(@Param('token', { schema: shareToken }) token: string): Promise<SharedConversation> {
    return this.shares.read(token);
  }
}
