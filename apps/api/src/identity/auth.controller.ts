import {
  me,
  type Me,
  registration,
  type Registration,
  requestPasswordReset,
  type RequestPasswordReset,
  resetPassword,
  type ResetPassword,
  signIn,
  type SignIn,
  verifyEmail,
  type VerifyEmail,
} from '@dramatis/contracts/identity/account';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../access/access.js';
import { ApiProblems } from '../http/api-docs.js';
import { Limited } from '../limits/limited.js';
import { AccountsService } from './accounts.service.js';
import { OwnAccount } from './own-account.js';

@ApiTags('Accounts')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly own: OwnAccount,
  ) {}

  @Post('register')
  @Limited('signUp')
  @ApiOperation({ summary: 'Make an account and sign in', description: 'A guest keeps their conversations. The first account of an installation is its admin.' })
  @ApiResponse({ status: 201, standardSchema: me })
  @ApiProblems('email_taken', 'password_too_weak', 'rate_limited', 'broker_unavailable')
  register(
    @Body({ schema: registration }) input: Registration,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    return this.accounts.register(input, { access, response });
  }

  @Post('login')
  @Limited('signIn')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in', description: 'A guest’s conversations go to the account. The session is a new one.' })
  @ApiResponse({ status: 200, standardSchema: me })
  @ApiProblems('invalid_credentials', 'account_disabled', 'rate_limited', 'broker_unavailable')
  signIn(@Body({ schema: signIn }) input: SignIn, @CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<Me> {
    return this.accounts.signIn(input, { access, response });
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out', description: 'Guests have nothing to sign out of, and keep their session.' })
  @ApiResponse({ status: 204 })
  @ApiProblems()
  signOut(@CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.accounts.signOut({ access, response });
  }

  @Post('verification')
  @Limited('passwordReset')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send the link that confirms one’s e-mail address again', description: 'The one that was sent before stops working.' })
  @ApiResponse({ status: 202 })
  @ApiProblems('unauthenticated', 'forbidden', 'rate_limited', 'broker_unavailable', 'mail_unavailable')
  sendVerification(@CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.own.sendVerification({ access, response });
  }

  @Post('verify')
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm an e-mail address with the token that was sent there' })
  @ApiResponse({ status: 204 })
  @ApiProblems('link_invalid', 'email_taken')
  verify(@Body({ schema: verifyEmail }) { token }: VerifyEmail, @CurrentAccess() access: Access, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.accounts.verifyEmail(token, { access, response });
  }

  @Post('password-reset')
  @Limited('passwordReset')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have a link sent for a new password', description: 'The answer is the same whether or not there is such an account.' })
  @ApiResponse({ status: 202 })
  @ApiProblems('rate_limited', 'broker_unavailable', 'mail_unavailable')
  requestPasswordReset(
    @Body({ schema: requestPasswordReset }) { email }: RequestPasswordReset,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): void {
    this.accounts.requestPasswordReset(email, { access, response });
  }

  @Post('password-reset/confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Choose a new password with the token that was sent', description: 'Ends all sessions of the account, revokes its keys, and gives up an address that waits to be confirmed.' })
  @ApiResponse({ status: 204 })
  @ApiProblems('link_invalid', 'password_too_weak')
  resetPassword(
    @Body({ schema: resetPassword }) input: ResetPassword,
    @CurrentAccess() access: Access,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.accounts.resetPassword(input, { access, response });
  }
}
