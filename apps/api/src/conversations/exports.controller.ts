import { conversationExport, exportQuery, type ConversationExport, type ExportQuery } from '@dramatis/contracts/conversation-export';
import { uuid } from '@dramatis/contracts/ids';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { conversationToMarkdown } from './conversation-markdown.js';
import { ConversationsService } from './conversations.service.js';
import { fileHeaders, toExported } from './export-file.js';

@ApiTags('Conversations')
@Controller('api/conversations/:conversationId/export')
export class ExportsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly turns: TurnRepository,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Take a conversation along as a file',
    description: 'Markdown to read, with the sources of each reply; or JSON with all branches.',
  })
  @ApiResponse({ status: 200, standardSchema: conversationExport })
  @ApiProblems('conversation_not_found')
  async get(
    @Param('conversationId', { schema: uuid }) conversationId: string,
    @Query({ schema: exportQuery }) { format, language }: ExportQuery,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | ConversationExport> {
    const { headTurnId, title, personaId, personaName, createdAt } = await this.conversations.own(conversationId, access);
    response.set(fileHeaders(title ?? personaName, format));
    const told = { title, personaName, createdAt: createdAt.toISOString() };
    if (format === 'markdown') return conversationToMarkdown(told, await this.turns.branchRecords(conversationId, headTurnId), language);
    const all = await this.turns.everything(conversationId, headTurnId);
    return {
      ...{ version: 1, conversationId, personaId, ...told, exportedAt: new Date().toISOString(), headTurnId: all.headTurnId },
      turns: all.turns.map(toExported),
    };
  }
}
