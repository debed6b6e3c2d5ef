import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { SessionService } from './session.service.js';

@ApiTags('Sessions')
@Controller('api/auth')
export class SessionsController {
  constructor(private readonly sessions: SessionService) {}

  @Post('guest')
  @HttpCode(204)
  @ApiOperation({ summary: 'Begin a guest session, unless the request has one', description: 'Conversations belong to it. Any first write begins one too.' })
  @ApiResponse({ status: 204, description: 'The session is in an http-only cookie.' })
  @ApiProblems('database_unavailable')
  async begin(@CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.ensureOwner(access.ownerId, response);
  }
}
