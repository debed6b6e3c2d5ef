import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { type Access, nobody, type RequestWithAccess } from '../access/access.js';
import { limitedAddress } from './client-address.js';
import { type RateLimitHeaders, tellLimits } from './rate-limit-headers.js';

/** Who a limited request comes from, and how to tell them what is left. */
export interface Caller {
  access: Access;
  /** As `limitedAddress` gives it. */
  address: string;
  tellLimits: (headers: RateLimitHeaders) => void;
}

/** Hands a route the request's {@link Caller}. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const http = context.switchToHttp();
  const request = http.getRequest<RequestWithAccess>();
  return {
    access: request.access ?? nobody,
    address: limitedAddress(request.ip),
    tellLimits: (headers) => tellLimits(http.getResponse<Response>(), headers),
  };
});
