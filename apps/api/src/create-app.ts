import type { Logger } from '@dramatis/telemetry/logger';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import { AccessReader } from './access/access-reader.js';
import { AppModule } from './app.module.js';
import type { Env } from './env.js';
import { versionedPaths } from './http/api-version.js';
import { notStored } from './http/caching.js';
import { answerClientErrors } from './http/client-error.js';
import { crossOrigin } from './http/cross-origin.js';
import { jsonBody } from './http/json-body.js';
import { serveOpenApi } from './http/open-api.js';
import { readableUrl } from './http/readable-url.js';
import { requestLog } from './http/request-log.js';
import { sameOriginWrites } from './http/same-origin.js';
import { securityHeaders } from './http/security-headers.js';
import { staticWeb } from './http/static-web.js';
import { tlsOptions } from './http/tls-options.js';
import { NestLogger } from './infrastructure/nest-logger.js';
import { Metrics } from './metrics/metrics.js';
import { SocketAdapter } from './turn-events/socket.adapter.js';

export interface AppOptions {
  logger: Logger;
  /** Folder of the built web application; without it only the API is served. */
  webRoot: string | null;
}

/** The whole application, ready to listen. Needs none of its servers to be there yet. @throws where the files of TLS cannot be read */
export async function createApp(env: Env, { logger, webRoot }: AppOptions): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with({ env, logger, webRoot }), {
    bodyParser: false,
    bufferLogs: true,
    ...(env.tls && { httpsOptions: await tlsOptions(env.tls) }),
  });
  app.useLogger(app.get(NestLogger));
  app.disable('x-powered-by');
  app.set('trust proxy', env.trustedProxies);
  app.set('etag', false);
  app.use(requestLog(logger));
  app.use(app.get(Metrics).observeRequest);
  app.use(securityHeaders({ secure: env.secure, strictTransport: env.secure && !env.embedded }));
  app.use(readableUrl);
  app.use(versionedPaths);
  app.use(notStored);
  if (env.publicOrigins.length > 0) app.use(crossOrigin(env.publicOrigins));
  app.use(
    compression({
      filter: (request, response) =>
        !String(response.getHeader('Content-Type')).startsWith('text/event-stream') && compression.filter(request, response),
    }),
  );
  if (webRoot !== null) app.use(staticWeb(webRoot));
  app.use(sameOriginWrites(env.publicOrigins));
  app.use('/api', app.get(AccessReader).middleware);
  app.use(jsonBody());
  app.useWebSocketAdapter(new SocketAdapter(app, env.publicOrigins));
  serveOpenApi(app, env);
  answerClientErrors(app.getHttpServer());
  return app;
}
