import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { routeTable, type Rule } from '../access/route-table.js';
import { sessionCookieName } from '../sessions/session-cookie.js';

/** Serves the OpenAPI document at `/api/openapi.json` and a page to read and try it at `/api/docs`. */
export function serveOpenApi(app: INestApplication, options: { secure: boolean }): void {
  const cookie = sessionCookieName(options);
  const description = new DocumentBuilder()
    .setTitle('Dramatis')
    .setDescription(
      'Durable conversations with AI personas that are grounded in a corpus. Errors are RFC 9457 problem documents with a stable `code`. ' +
        `Conversations belong to the guest or account of the session in the http-only cookie \`${cookie}\`. ` +
        'All paths are there below `/api/v1` too: for programs that want to stay with this version when there is another.',
    )
    .setVersion('0.1')
    .addSecurity('operator', { type: 'http', scheme: 'bearer', description: 'The operator token.' })
    .addSecurity('program', { type: 'http', scheme: 'bearer', description: 'A key that an account made for a program, or a JWT of the configured issuer; within its scopes.' })
    .addCookieAuth(cookie, { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  SwaggerModule.setup('api/docs', app, () => createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Dramatis API',
  });
}

/** By what one may call a route. Where nothing is needed a session is welcome: what one sees may be one's own. */
const credentials: Record<Rule, Record<string, string[]>[]> = {
  anyone: [{ session: [] }, { program: [] }, {}],
  owner: [{ session: [] }, { program: [] }],
  account: [{ session: [] }, { program: [] }],
  session: [{ session: [] }],
  curator: [{ session: [] }, { program: [] }, { operator: [] }],
  admin: [{ session: [] }, { operator: [] }],
};

interface Operation {
  responses?: Record<string, { content?: Record<string, unknown>; headers?: Record<string, unknown> }>;
  security?: Record<string, string[]>[];
}

function createDocument(app: INestApplication, description: Omit<OpenAPIObject, 'paths'>): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, description, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations) as [string, Operation][]) {
      operation.security = credentials[routeTable.get(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`) ?? 'anyone'];
      for (const [status, response] of Object.entries(operation.responses ?? {})) describeProblem(Number(status), response);
    }
  }
  return document;
}

function describeProblem(status: number, response: NonNullable<Operation['responses']>[string]): void {
  if (status < 400 || !response.content) return;
  // The decorators know of no other media type than JSON. One that stands on a class is the same object for all of its routes.
  const { 'application/json': schema, ...others } = response.content;
  response.content = schema === undefined ? others : { ...others, 'application/problem+json': schema };
  if (status === 429) response.headers = limitHeaders;
}

const limitHeaders = {
  'Retry-After': { description: 'Seconds until it is worth to try again.', schema: { type: 'integer' } },
  RateLimit: { description: 'What is left of each limit, and in how many seconds all of it is there again.', schema: { type: 'string' } },
  'RateLimit-Policy': { description: 'The limits: how much in how many seconds.', schema: { type: 'string' } },
};
