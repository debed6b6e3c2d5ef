import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who a request comes from, found out before its route is called. */
export interface Access {
  /** The guest whose session the cookie names, or null. Owns conversations; nobody owns those of null. */
  guestId: string | null;
  /** Whether the request carries the operator token. */
  isOperator: boolean;
}

export type RequestWithAccess = Request & { access?: Access };

const nobody: Access = { guestId: null, isOperator: false };

/** Hands a route the request's {@link Access}. */
export const CurrentAccess = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Access => context.switchToHttp().getRequest<RequestWithAccess>().access ?? nobody,
);
