import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** Name of the process, for example `worker`. */
  name: string;
  /** `fatal` to `trace`, or `silent`. Default `info`. */
  level?: string;
}

/** Structured JSON lines on standard output. Secrets and what people wrote never belong in a log. */
export function createLogger(options: LoggerOptions): Logger {
  return pino({
    name: options.name,
    level: options.level ?? 'info',
    redact: {
      paths: [
        'apiKey',
        '*.apiKey',
        'authorization',
        'req.headers.authorization',
        'req.headers.cookie',
        'res.headers["set-cookie"]',
      ],
      censor: '[redacted]',
    },
  });
}
