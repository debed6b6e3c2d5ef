import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import type { StartedTurn } from '@dramatis/contracts/turn';
import { createIndexes } from '@dramatis/database/connection';
import { createLogger } from '@dramatis/telemetry/logger';
import { whenReady } from '@dramatis/turn-events/redis';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Redis } from 'ioredis';
import mongoose, { type Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/create-app.js';
import { type Env, readEnv } from '../src/env.js';
import { DATABASE, REDIS } from '../src/infrastructure/tokens.js';

export const operatorToken = 'Zk3v9Qw1xT7rB5nM0pLc8YhG2sJd';
/** An address where nobody listens. */
export const nowhere = '127.0.0.1:1';

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

/** What one browser or API client sends with each request. */
export class ApiClient {
  cookie: string | null = null;

  constructor(
    private readonly baseUrl: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async send<T = ProblemDocument>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === null ? {} : { cookie: this.cookie }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const setCookie = response.headers.get('set-cookie');
    if (setCookie !== null) this.cookie = setCookie.split(';', 1)[0]!;
    const text = await response.text();
    const isJson = text !== '' && (response.headers.get('content-type')?.includes('json') ?? false);
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  get = <T = ProblemDocument>(path: string): Promise<Answer<T>> => this.send<T>('GET', path);
  post = <T = ProblemDocument>(path: string, body?: unknown): Promise<Answer<T>> => this.send<T>('POST', path, body);
  patch = <T = ProblemDocument>(path: string, body?: unknown): Promise<Answer<T>> => this.send<T>('PATCH', path, body);
  delete = <T = ProblemDocument>(path: string): Promise<Answer<T>> => this.send<T>('DELETE', path);

  async beginConversation(personaId: string): Promise<Conversation> {
    const { status, body } = await this.post<Conversation>('/api/conversations', { personaId });
    if (status !== 201) throw new Error(`no conversation: ${JSON.stringify(body)}`);
    return body;
  }

  async startTurn(conversationId: string, text = 'What did you do?'): Promise<StartedTurn> {
    const { status, body } = await this.post<StartedTurn>(`/api/conversations/${conversationId}/turns`, { requestId: randomUUID(), text });
    if (status !== 202) throw new Error(`no turn: ${JSON.stringify(body)}`);
    return body;
  }
}

/** The API in this process, on the real servers, with a database of its own. */
export class ApiHarness {
  readonly operator: ApiClient;

  private constructor(
    readonly app: NestExpressApplication,
    readonly env: Env,
    readonly baseUrl: string,
    private readonly objectsDir: string,
  ) {
    this.operator = new ApiClient(baseUrl, { authorization: `Bearer ${operatorToken}` });
  }

  /** @param overrides of variables, for example to point at a server that is not there. */
  static async start(overrides: Record<string, string> = {}): Promise<ApiHarness> {
    const objectsDir = mkdtempSync(join(tmpdir(), 'dramatis-api-'));
    const database = new URL(process.env['MONGODB_URI'] ?? `mongodb://${nowhere}/x`);
    database.pathname = `/api_spec_${randomUUID().slice(0, 8)}`;
    const env = readEnv({
      ...process.env,
      PORT: '0',
      DRAMATIS_EMBEDDED: '1',
      DRAMATIS_ADMIN_TOKEN: operatorToken,
      DRAMATIS_OBJECTS_DIR: objectsDir,
      MONGODB_URI: database.href,
      ...overrides,
    });
    const app = await createApp(env, { logger: createLogger({ name: 'api', level: 'silent' }), webRoot: null });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const harness = new ApiHarness(app, env, `${env.tls ? 'https' : 'http'}://127.0.0.1:${port}`, objectsDir);
    await whenReady(app.get<Redis>(REDIS), 2_000);
    const connection = app.get<Connection>(DATABASE);
    if (!env.mongodbUri.includes(nowhere)) {
      await connection.asPromise();
      await createIndexes(connection);
    }
    return harness;
  }

  client(headers: Record<string, string> = {}): ApiClient {
    return new ApiClient(this.baseUrl, headers);
  }

  /** An active persona with an id of its own, since the cache in Redis is shared. */
  async createPersona(fields: Record<string, unknown> = {}): Promise<Persona> {
    const personaId = `spec-${randomUUID().slice(0, 8)}`;
    const { status, body } = await this.operator.post<Persona>('/api/personas', {
      personaId,
      name: 'Ada Lovelace',
      description: 'Mathematician.',
      status: 'active',
      defaultInteractionModes: ['educator', 'debater'],
      supportedResponseFormats: ['free', 'bullet_points'],
      ...fields,
    });
    if (status !== 201) throw new Error(`no persona: ${JSON.stringify(body)}`);
    return body;
  }

  async stop(): Promise<void> {
    const connection = this.app.get<Connection>(DATABASE);
    if (connection.readyState === mongoose.STATES.connected) await connection.dropDatabase();
    await this.app.close();
    rmSync(this.objectsDir, { recursive: true, force: true });
  }
}
