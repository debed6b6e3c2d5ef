import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { map, type Observable } from 'rxjs';

/** Routes are found whatever the case of their addresses. */
const ofApi = /^\/api(?:\/|$)/i;

/** Answers of the API are somebody's, and are kept nowhere, unless a route says otherwise. */
export function notStored(request: Request, response: Response, next: NextFunction): void {
  if (ofApi.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Gives a route's answers an ETag, by which a client that has one already is told so with 304 and no body. `kept` ones browsers keep too,
 * and ask each time whether they are still the same; `unkept` ones hold what people wrote, and only programs that keep them themselves ask.
 */
export const Validated = Reflector.createDecorator<'kept' | 'unkept'>();

@Injectable()
export class ValidatedInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const keeping = this.reflector.get(Validated, context.getHandler());
    if (keeping === undefined) return next.handle();
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    return next.handle().pipe(
      map((result: unknown) => {
        if (keeping === 'kept') response.setHeader('Cache-Control', 'private, no-cache');
        const tag = entityTagOf(result);
        response.setHeader('ETag', tag);
        if (!isAmong(request.headers['if-none-match'], tag)) return result;
        response.status(304);
        return undefined;
      }),
    );
  }
}

/** Weak, since a compressed answer has other bytes. */
function entityTagOf(result: unknown): string {
  return `W/"${createHash('sha256').update(JSON.stringify(result)).digest('base64url').slice(0, 27)}"`;
}

/**
 * Whether the client says that it has the answer. Not by Express's `fresh`: that believes a request's `Cache-Control: no-cache`, which
 * `fetch` sends with every `If-None-Match` of a program, and which is said to caches and not to where the answer comes from.
 */
function isAmong(ifNoneMatch: string | undefined, tag: string): boolean {
  return ifNoneMatch?.split(',').some((given) => given.trim() === '*' || given.trim().replace(/^W\//, '') === tag.slice(2)) ?? false;
}
