import { DomainError } from '@dramatis/contracts/errors';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { mayCurate, nobody, type RequestWithAccess } from './access.js';

/** Lets only operators through. @throws DomainError unauthenticated */
@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (mayCurate(context.switchToHttp().getRequest<RequestWithAccess>().access ?? nobody)) return true;
    throw new DomainError('unauthenticated', 'Send the operator token: Authorization: Bearer <token>.');
  }
}
