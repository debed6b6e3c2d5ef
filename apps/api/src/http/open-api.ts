import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document at `/api/openapi.json` and a page to read and try it at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Dramatis')
    .setDescription(
      'Durable conversations with AI personas that are grounded in a corpus. Errors are RFC 9457 problem documents with a stable `code`. ' +
        'Conversations belong to the guest or account of the session in the http-only cookie `dramatis_session`.',
    )
    .setVersion('0.1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The operator token.' }, 'operator')
    .addCookieAuth('dramatis_session', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  SwaggerModule.setup('api/docs', app, () => createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Dramatis API',
  });
}

function createDocument(app: INestApplication, description: Omit<OpenAPIObject, 'paths'>): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, description, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations) as { responses?: Record<string, { content?: Record<string, unknown> }> }[]) {
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        // The decorators know of no other media type than JSON.
        if (Number(status) >= 400 && response.content) {
          response.content = { 'application/problem+json': response.content['application/json'] };
        }
      }
    }
  }
  return document;
}
