import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { SessionService } from '../sessions/session.service.js';
import type { RequestWithAccess } from './access.js';
import { isOperatorHeader } from './operator-token.js';

/** Global guard that refuses nobody: it finds out who asks, once a request. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<RequestWithAccess>();
    const access = await this.sessions.read(request.headers.cookie);
    const isOperator = isOperatorHeader(request.headers.authorization, this.env.operatorToken);
    request.access = isOperator ? { ...access, credential: 'operator-token' } : access;
    return true;
  }
}
