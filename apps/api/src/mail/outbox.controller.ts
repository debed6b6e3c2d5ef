import { DomainError } from '@dramatis/contracts/errors';
import { outbox, type Outbox } from '@dramatis/contracts/outbox';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Access, CurrentAccess, roleOf } from '../access/access.js';
import type { Env } from '../env.js';
import { ApiProblems } from '../http/api-docs.js';
import { ENV } from '../infrastructure/tokens.js';
import { isOnThisMachine } from './on-this-machine.js';
import { outboxPage } from './outbox-page.js';

@ApiTags('Administration')
@Controller('api/dev/outbox')
export class OutboxController {
  constructor(
    private readonly mails: OutboxRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the mails that were not sent', description: 'Only in the embedded stack, for who sits at the machine, and for admins. A browser gets a page.' })
  @ApiResponse({ status: 200, standardSchema: outbox })
  @ApiProblems('not_found')
  async list(@CurrentAccess() access: Access, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!this.env.embedded || !(isOnThisMachine(request) || roleOf(access) === 'admin')) {
      throw new DomainError('not_found');
    }
    const records = await this.mails.list();
    response.set('Cache-Control', 'no-store');
    if (request.accepts(['json', 'html']) === 'html') {
      const language = request.acceptsLanguages('en', 'de') === 'de' ? 'de' : 'en';
      response.type('html').send(outboxPage(records, { language, nonce: String(response.locals['styleNonce'] ?? '') }));
    } else {
      response.json({ items: records.map(({ to, subject, text, at }) => ({ to, subject, text, at: at.toISOString() })) } satisfies Outbox);
    }
  }
}
