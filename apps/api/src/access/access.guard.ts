import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { nobody, type RequestWithAccess } from './access.js';
import { requireRule, requireScope } from './require-rule.js';
import { routeTable } from './route-table.js';

/** Global guard: lets through whom the table of routes lets through, and nobody to a route that it does not know. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);

  canActivate(context: ExecutionContext): boolean {
    // What comes over a socket was let through by the table of events.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<RequestWithAccess>();
    const { path } = request.route as { path: string };
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const rule = routeTable.get(`${method} ${path}`);
    if (rule === undefined) this.logger.error({ method, path }, 'a route is missing in the table of who may call it');
    const access = request.access ?? nobody;
    requireRule(rule, access);
    requireScope(access, { method, rule });
    return true;
  }
}
