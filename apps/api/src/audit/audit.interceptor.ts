import { DomainError } from '@dramatis/contracts/errors';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { catchError, concatMap, type Observable } from 'rxjs';
import { mayCurate, nobody, type RequestWithAccess } from '../access/access.js';
import { problemOf } from '../http/problem-of.js';
import { type AuditedRequest, describeRequest } from './describe-request.js';
import { actorOf, whence } from './security-log.js';
import { Unaudited } from './unaudited.js';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What curators and admins change. Conversations and turns are their own, also with the operator token. */
const administered = /^\/api\/(?:admin|personas)(?:\/|$)/;
const ofSecurity = /^\/api\/admin\/(?:accounts|quotas)(?:\/|$)/;

/**
 * Records everything that curators and admins change, or were refused, whatever the route: one that is added later is recorded too. The
 * action is named after the route's controller and method.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  private readonly logger = new Logger(AuditInterceptor.name);

  constructor(
    private readonly audit: AuditRepository,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.concerns(context)) return next.handle();
    const request = context.switchToHttp().getRequest<RequestWithAccess & AuditedRequest>();
    const action = actionOf(context);
    return next.handle().pipe(
      concatMap(async (result: unknown) => {
        await this.record(action, request, { outcome: 'done', code: null, result });
        return result;
      }),
      catchError(async (error: unknown) => {
        const code = error instanceof DomainError ? error.code : problemOf(error).code;
        await this.record(action, request, { outcome: 'refused', code, result: null });
        throw error;
      }),
    );
  }

  private concerns(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return false;
    if (this.reflector.getAllAndOverride(Unaudited, [context.getHandler(), context.getClass()])) return false;
    const request = context.switchToHttp().getRequest<RequestWithAccess>();
    const { method, access } = request;
    const body: unknown = request.body;
    if (access === undefined || !mayCurate(access) || reading.has(method)) return false;
    // What only asks what would be done does nothing.
    if (request.query['dryRun'] === 'true') return false;
    return administered.test(routeOf(request)) || isPin(body);
  }

  /** What was done is done: a log that cannot be written must not say otherwise. */
  private async record(action: string, request: RequestWithAccess & AuditedRequest, outcome: Parameters<typeof describeRequest>[1]): Promise<void> {
    try {
      await this.audit.add({
        actor: actorOf(request.access ?? nobody),
        from: whence(request),
        security: ofSecurity.test(routeOf(request)),
        action,
        ...describeRequest(request, outcome),
      });
    } catch (error) {
      this.logger.error({ err: error, action }, 'an action is missing in the audit log');
    }
  }
}

/** The route's own path: addresses may be written in another case. */
const routeOf = (request: RequestWithAccess): string => (request.route as { path: string }).path;

/** Pinning a conversation holds its corpus version back from being collected. */
function isPin(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'corpusVersion' in body;
}

/** `CorpusVersionsController.publish` is `corpusVersions.publish`. */
function actionOf(context: ExecutionContext): string {
  const controller = context.getClass().name.replace(/Controller$/, '');
  return `${controller.charAt(0).toLowerCase()}${controller.slice(1)}.${context.getHandler().name}`;
}
