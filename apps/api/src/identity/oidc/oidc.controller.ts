import { DomainError } from '@dramatis/contracts/errors';
import {
  beginIdentityProviderSignIn,
  type BeginIdentityProviderSignIn,
  identityProviderId,
  type IdentityProviderList,
  identityProviderList,
} from '@dramatis/contracts/identity/oidc';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Access, CurrentAccess } from '../../access/access.js';
import { ApiProblems } from '../../http/api-docs.js';
import { Limited } from '../../limits/limited.js';
import { OidcProviders } from './oidc-providers.js';
import { OidcSignIn } from './oidc-sign-in.js';

@ApiTags('Accounts')
@Controller('api/auth/oidc')
export class OidcController {
  constructor(
    private readonly providers: OidcProviders,
    private readonly signIns: OidcSignIn,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the providers that one may sign in with' })
  @ApiResponse({ status: 200, standardSchema: identityProviderList })
  @ApiProblems()
  list(): IdentityProviderList {
    return { items: this.providers.all().map(({ id, label }) => ({ provider: id, label, loginPath: `/api/auth/oidc/${id}/login` })) };
  }

  @Get(':provider/login')
  @Limited('signIn')
  @ApiOperation({ summary: 'Go to a provider to sign in', description: 'For browsers to go to, not for programs. What fails leads a browser to the sign-in page, with the problem’s code.' })
  @ApiResponse({ status: 303, description: 'To the provider.' })
  @ApiProblems('identity_provider_not_found', 'identity_provider_unavailable', 'rate_limited', 'broker_unavailable')
  async begin(
    @Param('provider', { schema: identityProviderId }) provider: string,
    @Query({ schema: beginIdentityProviderSignIn }) { returnTo }: BeginIdentityProviderSignIn,
    @CurrentAccess() access: Access,
    @Res() response: Response,
  ): Promise<void> {
    await this.lead(response, () => this.signIns.begin(provider, returnTo, { access, response }));
  }

  @Get(':provider/callback')
  @Limited('signIn')
  @ApiOperation({ summary: 'Come back from a provider', description: 'A guest’s conversations go to the account. The session is a new one.' })
  @ApiResponse({ status: 303, description: 'To where one wanted to be.' })
  @ApiProblems(
    'sign_in_failed',
    'email_not_verified',
    'account_not_confirmed',
    'account_disabled',
    'identity_provider_not_found',
    'identity_provider_unavailable',
    'rate_limited',
    'broker_unavailable',
  )
  async finish(@Param('provider', { schema: identityProviderId }) provider: string, @CurrentAccess() access: Access, @Res() response: Response): Promise<void> {
    await this.lead(response, () => this.signIns.finish(provider, { access, response }));
  }

  /** Sends the browser on. A person who meets a problem should not be shown its document: the sign-in page has words for its code. */
  private async lead(response: Response, whereTo: () => Promise<string>): Promise<void> {
    response.set('Referrer-Policy', 'no-referrer');
    try {
      response.redirect(303, await whereTo());
    } catch (error) {
      if (!(error instanceof DomainError) || response.req.accepts(['json', 'html']) !== 'html') throw error;
      response.redirect(303, `/account/sign-in?problem=${error.code}`);
    }
  }
}
