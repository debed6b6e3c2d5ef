import cors from 'cors';
import type { RequestHandler } from 'express';

/** What pages of listed origins may send, and read of an answer, besides what every page may. */
const requestHeaders = ['Authorization', 'Content-Type', 'If-None-Match', 'Last-Event-ID', 'X-Request-Id'];
const answerHeaders = ['API-Version', 'ETag', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'];
const preflightSeconds = 600;

/** Lets pages of the public origins, and of no others, call the API with the session's cookie. The same list lets them write: see `same-origin.ts`. */
export function crossOrigin(publicOrigins: readonly string[]): RequestHandler {
  return cors({
    origin: [...publicOrigins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: requestHeaders,
    exposedHeaders: answerHeaders,
    maxAge: preflightSeconds,
  });
}
