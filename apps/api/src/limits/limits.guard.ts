import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { limitedAddress } from './client-address.js';
import { Limited, type Subject } from './limited.js';
import { Limits } from './limits.js';
import { rateHeaders, tellLimits } from './rate-limit-headers.js';

/** Counts calls of routes that are `@Limited`, before anything is looked up for them. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(
    private readonly limits: Limits,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const act = this.reflector.get(Limited, context.getHandler());
    if (act === undefined) return true;
    const http = context.switchToHttp();
    await this.limits.require(act, subjectOf(http.getRequest<Request>()), (states) => tellLimits(http.getResponse<Response>(), rateHeaders(states)));
    return true;
  }
}

/** Whom a request is counted for. The body is not validated yet: what is no text is nobody's address. */
export function subjectOf(request: Request): Subject {
  const body: unknown = request.body;
  const email: unknown = typeof body === 'object' && body !== null && 'email' in body ? body.email : null;
  return { address: limitedAddress(request.ip), email: typeof email === 'string' ? email : null };
}
