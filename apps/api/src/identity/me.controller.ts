import { me, type Me, removeMe, type RemoveMe, updateMe, type UpdateMe } from '@dramatis/contracts/identity/account';
import { Body, Controller, Delete, Get, HttpCode, Patch, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { AccountExport } from './account-export.js';
import { OwnAccount } from './own-account.js';

@ApiTags('Accounts')
@Controller('api/auth/me')
export class MeController {
  constructor(
    private readonly account: OwnAccount,
    private readonly exports: AccountExport,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read who one is', description: 'Also for guests, and for who has no session: then there is no account.' })
  @ApiResponse({ status: 200, standardSchema: me })
  @ApiProblems()
  read(@CurrentAccess() access: Access): Promise<Me> {
    return this.account.me(access);
  }

  @Patch()
  @ApiOperation({
    summary: 'Change one’s name, language, password or e-mail address',
    description: 'A new password ends all other sessions and makes this one anew. A new address takes effect when it was confirmed.',
  })
  @ApiResponse({ status: 200, standardSchema: me })
  @ApiProblems('unauthenticated', 'wrong_password', 'password_too_weak', 'email_taken', 'mail_unavailable')
  update(
    @Body({ schema: updateMe }) patch: UpdateMe,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    return this.account.update(patch, { access, response });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete one’s account with all that is one’s own', description: 'Replies that are being made are cancelled first.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('unauthenticated', 'wrong_password', 'last_admin')
  remove(
    @Body({ schema: removeMe }) { password }: RemoveMe,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.account.remove(password, { access, response });
  }

  @Get('export')
  @ApiOperation({ summary: 'Take along all that is one’s own', description: 'The account, its sessions, what it did, and its conversations with their turns.' })
  @ApiResponse({ status: 200, description: 'A JSON document to save.' })
  @ApiProblems('unauthenticated')
  async export(@CurrentAccess() access: Access, @Res() response: Response): Promise<void> {
    const account = await this.account.own(access);
    response.type('application/json').set({ 'Cache-Control': 'no-store', 'Content-Disposition': 'attachment; filename="dramatis-export.json"' });
    await pipeline(Readable.from(this.exports.write(account, access.sessionId)), response);
  }
}
