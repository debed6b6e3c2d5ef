import { defaultRetainedVersions } from '@dramatis/contracts/corpus-version';
import { objectStoreSettings, type ObjectStoreSettings } from '@dramatis/object-store/settings';
import { z } from 'zod';
import { jwtSettings, type JwtSettings } from './access/jwt/jwt-settings.js';
import { operatorTokenProblem } from './access/operator-token.js';
import { oidcSettings, type OidcProviderSettings } from './identity/oidc/oidc-settings.js';
import { limitSettings, type LimitSettings, limitVariables } from './limits/limit-settings.js';
import type { SmtpSettings } from './mail/smtp-mail.js';

const url = (...protocols: string[]) =>
  z.string().superRefine((value, context) => {
    const scheme = /^([a-z+]+):\/\/./.exec(value)?.[1];
    if (scheme === undefined || !protocols.includes(scheme)) {
      context.addIssue({ code: 'custom', message: `must be an address that begins with ${protocols.map((p) => `${p}://`).join(' or ')}` });
    }
  });

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';
const flag = z.enum(['0', '1', 'true', 'false'], 'must be 1 or 0').default('0').transform(isOn);

const origins = z.string().default('').transform((value, context) => {
  const entries = value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  for (const entry of entries) {
    if (!URL.canParse(entry) || new URL(entry).origin !== entry) {
      context.addIssue({ code: 'custom', message: `"${entry}" must be an origin such as https://dramatis.example, without a path` });
    }
  }
  return entries;
});

const variables = z.object({
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
  DRAMATIS_HOST: z.string().min(1).optional(),
  DRAMATIS_EMBEDDED: flag,
  DRAMATIS_ADMIN_TOKEN: z.string().optional(),
  DRAMATIS_PUBLIC_ORIGINS: origins,
  DRAMATIS_TLS_CERT: z.string().optional(),
  DRAMATIS_TLS_KEY: z.string().optional(),
  DRAMATIS_TRUSTED_PROXIES: z.coerce.number('must be a number of proxies').int().min(0).max(10).default(0),
  DRAMATIS_RETAINED_VERSIONS: z.coerce.number('must be a number of versions').int().min(1).max(1_000).default(defaultRetainedVersions),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port').default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_UI_URL: url('http', 'https').optional(),
  MONGODB_URI: url('mongodb', 'mongodb+srv'),
  ELASTICSEARCH_URL: url('http', 'https'),
  REDIS_URL: url('redis', 'rediss'),
  DRAMATIS_SMTP_URL: url('smtp', 'smtps').optional(),
  DRAMATIS_MAIL_FROM: z.string().regex(/^[^@\r\n]+@[^@\r\n]+$/, 'must be an address such as dramatis@example.org, or Dramatis <dramatis@example.org>').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ...limitVariables.shape,
});

/** The API's settings. Durations are in the code that uses them; addresses and secrets come from here. */
export interface Env {
  port: number;
  host: string;
  /** Whether the servers beside it are the embedded stack of one machine, over plain HTTP. */
  embedded: boolean;
  /** Null only in the embedded stack; then nobody is an operator. */
  operatorToken: string | null;
  objects: ObjectStoreSettings;
  /** Origins other than the request's own host from which browsers may write and open sockets. */
  publicOrigins: string[];
  /** Whether browsers reach the installation over TLS only, so that cookies are Secure and HSTS is sent. */
  secure: boolean;
  /** Files in PEM, where the API itself speaks TLS; null where it speaks HTTP, to a browser on the same machine or to an ingress. */
  tls: { certFile: string; keyFile: string } | null;
  /** How many proxies in front are believed about the client's address. */
  trustedProxies: number;
  temporal: { address: string; namespace: string; uiUrl: string | null };
  /** Corpus versions that stay when older ones are collected; the worker does it. */
  retainedVersions: number;
  mongodbUri: string;
  elasticsearchUrl: string;
  redisUrl: string;
  logLevel: string;
  limits: LimitSettings;
  /** Where people may sign in with an account that they have elsewhere. */
  oidcProviders: OidcProviderSettings[];
  /** Whose tokens programs may send; null where keys are the only way for them. */
  jwt: JwtSettings | null;
  /** Null where no mails are sent; in the embedded stack they are kept then. */
  smtp: SmtpSettings | null;
}

/** Thrown by {@link readEnv}: names every variable that is missing or invalid, never its value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** @throws EnvironmentError with all invalid variables in one message. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  // An empty variable is what shells and compose files leave behind for "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  const objects = objectStoreSettings.safeParse(given);
  const problems = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.');
    return `${name}: ${given[name] === undefined ? 'is required' : issue.message}`;
  });
  problems.push(...(objects.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`));
  const tokenProblem = operatorTokenProblem(given['DRAMATIS_ADMIN_TOKEN'], { embedded: isOn(given['DRAMATIS_EMBEDDED']) });
  if (tokenProblem !== null) problems.push(`DRAMATIS_ADMIN_TOKEN: ${tokenProblem}`);
  if (given['DRAMATIS_SMTP_URL'] !== undefined && given['DRAMATIS_MAIL_FROM'] === undefined) problems.push('DRAMATIS_MAIL_FROM: is required with DRAMATIS_SMTP_URL');
  if (given['DRAMATIS_SMTP_URL'] !== undefined && given['DRAMATIS_PUBLIC_ORIGINS'] === undefined && !isOn(given['DRAMATIS_EMBEDDED'])) {
    problems.push('DRAMATIS_PUBLIC_ORIGINS: is required with DRAMATIS_SMTP_URL, since links in mails lead to the first of them');
  }
  const oidc = oidcSettings(given, { embedded: isOn(given['DRAMATIS_EMBEDDED']) });
  problems.push(...oidc.problems);
  const jwt = jwtSettings(given, oidc.providers);
  problems.push(...jwt.problems);
  const [certFile, keyFile] = [given['DRAMATIS_TLS_CERT'], given['DRAMATIS_TLS_KEY']];
  if ((certFile === undefined) !== (keyFile === undefined)) problems.push('DRAMATIS_TLS_CERT: goes with DRAMATIS_TLS_KEY; give both or neither');
  if (!parsed.success || !objects.success || problems.length > 0) {
    throw new EnvironmentError(`The environment is invalid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  const env = parsed.data;
  const { DRAMATIS_PUBLIC_ORIGINS: publicOrigins, DRAMATIS_EMBEDDED: embedded } = env;
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : null;
  return {
    port: env.PORT,
    host: env.DRAMATIS_HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0'),
    embedded,
    operatorToken: env.DRAMATIS_ADMIN_TOKEN ?? null,
    objects: objects.data,
    publicOrigins,
    secure: tls !== null || (publicOrigins.length > 0 ? publicOrigins.every((origin) => origin.startsWith('https://')) : !embedded),
    tls,
    trustedProxies: env.DRAMATIS_TRUSTED_PROXIES,
    temporal: { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE, uiUrl: env.TEMPORAL_UI_URL ?? null },
    retainedVersions: env.DRAMATIS_RETAINED_VERSIONS,
    mongodbUri: env.MONGODB_URI,
    elasticsearchUrl: env.ELASTICSEARCH_URL,
    redisUrl: env.REDIS_URL,
    logLevel: env.LOG_LEVEL,
    limits: limitSettings(env, { embedded }),
    oidcProviders: oidc.providers,
    jwt: jwt.settings,
    smtp: env.DRAMATIS_SMTP_URL === undefined ? null : { url: env.DRAMATIS_SMTP_URL, from: env.DRAMATIS_MAIL_FROM! },
  };
}
