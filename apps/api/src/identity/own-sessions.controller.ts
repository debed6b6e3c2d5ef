import { uuid } from '@dramatis/contracts/ids';
import { session, type Session } from '@dramatis/contracts/identity/session';
import { Controller, Delete, Get, HttpCode, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { OwnSessions } from './own-sessions.js';

@ApiTags('Accounts')
@Controller('api/auth/sessions')
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Get()
  @ApiOperation({ summary: 'List where one is signed in, the session last used first' })
  @ApiResponse({ status: 200, standardSchema: z.array(session) })
  @ApiProblems('unauthenticated')
  list(@CurrentAccess() { ownerId, sessionId }: Access): Promise<Session[]> {
    return ownerId === null ? Promise.resolve([]) : this.sessions.list(ownerId, sessionId);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere else' })
  @ApiResponse({ status: 204 })
  @ApiProblems('unauthenticated')
  async endOthers(@CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.endOthers({ access, response });
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out of one session', description: 'Its open sockets and streams end within seconds.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('unauthenticated', 'session_not_found')
  end(
    @Param('sessionId', { schema: uuid }) sessionId: string,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.sessions.end(sessionId, { access, response });
  }
}
