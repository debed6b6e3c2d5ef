import type { Logger } from '@dramatis/telemetry/logger';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pinoHttp, type HttpLogger } from 'pino-http';

const requestIdHeader = 'X-Request-Id';
const acceptableRequestId = /^[\w.-]{1,64}$/;
/** A link that is shared is a secret of those who have it. */
const sharedLink = /^(\/+(?:api\/+(?:v\d+\/+)?)?shared\/+)[^/]+/i;
const quietPaths = /^\/(health|metrics|socket\.io)(\/|$)/;

/**
 * Gives each request an id, which its answer carries too, and logs it when it is done: method, path, status and time.
 * Query strings, headers and bodies hold what people wrote, and stay out.
 */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: (request: IncomingMessage, response: ServerResponse) => {
      const given = request.headers[requestIdHeader.toLowerCase()];
      const id = typeof given === 'string' && acceptableRequestId.test(given) ? given : randomUUID();
      response.setHeader(requestIdHeader, id);
      return id;
    },
    autoLogging: { ignore: (request) => quietPaths.test(request.url ?? '') },
    customLogLevel: (_request, response, error) => {
      if (response.statusCode >= 500 || error) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
    // Why it failed is logged where the problem is made; an error made of the status alone has a stack that leads nowhere.
    customErrorObject: (_request: unknown, _response: unknown, error: Error, entry: Record<string, unknown>) =>
      error.message.startsWith('failed with status code') ? { ...entry, err: undefined } : entry,
    wrapSerializers: false,
    serializers: {
      req: (request: IncomingMessage & { id?: unknown; originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: loggedPath(request.originalUrl ?? request.url ?? ''),
      }),
      res: (response: ServerResponse) => ({ statusCode: response.statusCode }),
    },
  });
}

/** The path of an address as the log has it: without what people wrote, and without what opens a shared conversation. */
export function loggedPath(url: string): string {
  return url.split('?', 1)[0]!.replace(sharedLink, '$1…');
}
