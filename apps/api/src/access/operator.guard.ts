import { DomainError } from '@dramatis/contracts/errors';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { RequestWithAccess } from './access.js';

/** Lets only operators through. @throws DomainError unauthenticated */
@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<RequestWithAccess>().access?.isOperator) return true;
    throw new DomainError('unauthenticated', 'Send the operator token: Authorization: Bearer <token>.');
  }
}
