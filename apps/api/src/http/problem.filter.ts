import { DomainError } from '@dramatis/contracts/errors';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { reasonOf } from '../infrastructure/reason-of.js';
import { allowedMethods } from './allowed-methods.js';
import { problemOf } from './problem-of.js';

/** How long clients should wait before they try again, in seconds, where the problem does not say. */
const usualRetryAfterSeconds: Partial<Record<number, number>> = { 429: 5, 503: 2 };

/** The one place where an error becomes an answer: RFC 9457, with the request's id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id?: string }>();
    const response = http.getResponse<Response>();
    const problem = problemOf(otherMethods(error, request, response) ?? error);
    if (problem.status === 503) this.logger.warn({ code: problem.code, reason: reasonOf(error) }, 'request failed: a server is away');
    else if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'request failed');
    if (response.headersSent) {
      // Half an answer is out: breaking the connection is the only way left to say that it is not whole.
      response.destroy();
      return;
    }
    const retryAfter = problem.retryAfterSeconds ?? usualRetryAfterSeconds[problem.status];
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="dramatis"');
    response
      .status(problem.status)
      .type('application/problem+json')
      .set('Cache-Control', 'no-store')
      .send(JSON.stringify({ ...problem, instance: request.path, requestId: request.id }));
  }
}

/** Where no route took the request but one of another method would have: that, with the header that says which. */
function otherMethods(error: unknown, request: Request, response: Response): DomainError | null {
  if (!(error instanceof NotFoundException)) return null;
  const methods = allowedMethods(request);
  if (methods.length === 0 || methods.includes(request.method)) return null;
  response.setHeader('Allow', methods.join(', '));
  return new DomainError('method_not_allowed.others', { method: request.method, others: methods.join(', ') });
}
