import type { ProblemDocument } from '@dramatis/contracts/errors';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { sessionChangesChannel } from '@dramatis/database/sessions/session-cache';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { type ApiClient, ApiHarness, nowhere } from '../../test/api-harness.js';
import { enter, makeAccount } from '../../test/people.js';
import { TokenIssuer } from '../../test/token-issuer.js';
import { Passwords } from '../identity/passwords.js';
import { DATABASE, REDIS } from '../infrastructure/tokens.js';
import { routeTable, type Rule, socketEventTable } from './route-table.js';

const askers = ['nobody', 'guest', 'owner', 'other', 'curator', 'admin', 'revoked', 'operator', 'readKey', 'talkKey', 'fullKey', 'revokedKey', 'fullToken', 'badToken'] as const;
type Asker = (typeof askers)[number];
type Outcome = 'allowed' | 'unauthenticated' | 'forbidden' | 'absent';

/**
 * Programs: with keys of the owner for reading, of another user for talking, of an admin for everything, and one that was revoked; with a
 * token of a configured issuer for the admin, and one for another audience.
 */
const keyAskers = ['readKey', 'talkKey', 'fullKey', 'revokedKey', 'fullToken', 'badToken'] as const;
type KeyAsker = (typeof keyAskers)[number];
const isKeyAsker = (asker: Asker): asker is KeyAsker => (keyAskers as readonly string[]).includes(asker);

/** What each rule means for programs that ask to read, and what their scopes make of it when they write. */
const expectedOfKeys: Record<Rule, Record<'readKey' | 'talkKey' | 'fullKey', Outcome>> = {
  anyone: { readKey: 'allowed', talkKey: 'allowed', fullKey: 'allowed' },
  owner: { readKey: 'allowed', talkKey: 'absent', fullKey: 'absent' },
  account: { readKey: 'allowed', talkKey: 'allowed', fullKey: 'allowed' },
  session: { readKey: 'forbidden', talkKey: 'forbidden', fullKey: 'forbidden' },
  curator: { readKey: 'forbidden', talkKey: 'forbidden', fullKey: 'allowed' },
  admin: { readKey: 'forbidden', talkKey: 'forbidden', fullKey: 'forbidden' },
};

function outcomesOf(rule: Rule, { writes, known }: { writes: boolean; known: boolean }): Record<Asker, Outcome> {
  const keys = expectedOfKeys[rule];
  // Outside of the API nobody asks who asks.
  const refused = known ? 'unauthenticated' : 'allowed';
  return { ...expected[rule], ...keys, readKey: writes && known ? 'forbidden' : keys.readKey, revokedKey: refused, fullToken: keys.fullKey, badToken: refused };
}

/** What each rule means for each asker; `owner` owns the conversation and the turn that are asked for. */
const expected: Record<Rule, Record<Exclude<Asker, KeyAsker>, Outcome>> = {
  anyone: outcomes({ default: 'allowed' }),
  owner: outcomes({ default: 'absent', owner: 'allowed' }),
  account: outcomes({ default: 'unauthenticated', owner: 'allowed', other: 'allowed', curator: 'allowed', admin: 'allowed' }),
  session: outcomes({ default: 'unauthenticated', owner: 'allowed', other: 'allowed', curator: 'allowed', admin: 'allowed' }),
  curator: outcomes({ default: 'unauthenticated', owner: 'forbidden', other: 'forbidden', curator: 'allowed', admin: 'allowed', operator: 'allowed' }),
  admin: outcomes({ default: 'unauthenticated', owner: 'forbidden', other: 'forbidden', curator: 'forbidden', admin: 'allowed', operator: 'allowed' }),
};

function outcomes({ default: otherwise, ...named }: { default: Outcome } & Partial<Record<Asker, Outcome>>): Record<Exclude<Asker, KeyAsker>, Outcome> {
  return Object.fromEntries(askers.filter((asker) => !isKeyAsker(asker)).map((asker) => [asker, named[asker] ?? otherwise])) as Record<Asker, Outcome>;
}

/** Bodies that get as far as the question whose it is. Where none is needed, an empty one shows that the asker was let in. */
const bodies: Record<string, () => object> = {
  'PATCH /api/conversations/:conversationId': () => ({ title: 'T' }),
  'POST /api/conversations/:conversationId/turns': () => ({ requestId: randomUUID(), text: 'Why?' }),
  'POST /api/turns/:turnId/regenerate': () => ({ requestId: randomUUID() }),
  'POST /api/turns/:turnId/feedback': () => ({ rating: null }),
};
const messages: Record<string, (owned: { turnId: string; conversationId: string }) => object> = {
  'turn:subscribe': ({ turnId }) => ({ turnId }),
  'turn:unsubscribe': ({ turnId }) => ({ turnId }),
  'conversation:watch': ({ conversationId }) => ({ conversationId }),
  'conversation:unwatch': ({ conversationId }) => ({ conversationId }),
  'ingestion:subscribe': () => ({ ingestionId: randomUUID() }),
  'ingestion:unsubscribe': () => ({ ingestionId: randomUUID() }),
};

describe('who may', () => {
  let api: ApiHarness;
  let database: Connection;
  let issuer: TokenIssuer;
  const owners = {} as Record<'guest' | 'owner' | 'other' | 'curator' | 'admin', { ownerId: string; accountId: string | null }>;

  const keys = {} as Record<KeyAsker, string>;

  /** The clients that ask, each with a session of its own. */
  const usual = new Map<Asker, Promise<ApiClient>>();
  const clientOf = (asker: Asker): Promise<ApiClient> => {
    const client = usual.get(asker) ?? newClientOf(asker);
    usual.set(asker, client);
    return client;
  };
  const newClientOf = async (asker: Asker): Promise<ApiClient> => {
    if (asker === 'operator') return api.operator;
    if (asker === 'nobody') return api.client();
    if (isKeyAsker(asker)) return api.client({ authorization: `Bearer ${keys[asker]}` });
    const client = await enter(api, owners[asker === 'revoked' ? 'owner' : asker]);
    if (asker === 'revoked') {
      // Used once, so that copies of it are about.
      await client.get('/api/auth/me');
      await api.app.get(SessionRepository).end(client.sessionId, owners.owner.ownerId);
    }
    return client;
  };

  /** A conversation of the owner with a finished turn. */
  const makeOwned = async (personaId = 'nobody-there'): Promise<{ conversationId: string; turnId: string }> => {
    const conversationId = randomUUID();
    const { ownerId } = owners.owner;
    const choices = { mode: 'educator', format: 'free' } as const;
    await api.app.get(ConversationRepository).create(conversationId, { ownerId, personaId, personaName: 'Ada', title: null, ...choices });
    const turns = api.app.get(TurnRepository);
    const { record } = await turns.start({
      conversationId, ownerId, personaId, ...choices, personaVersion: 1, corpusVersion: 0, requestId: randomUUID(), regenerationOf: null, userText: 'Why?',
    });
    await turns.finish(record._id, { status: 'completed', replyText: 'Because.', citations: [], failure: null, provenance: null });
    return { conversationId, turnId: record._id };
  };

  beforeAll(async () => {
    issuer = await TokenIssuer.start();
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_JWT_ISSUER: issuer.issuer, DRAMATIS_JWT_AUDIENCE: issuer.audience });
    database = api.app.get<Connection>(DATABASE);
    const accounts = api.app.get(AccountRepository, { strict: false });
    const passwordHash = await api.app.get(Passwords, { strict: false }).hash('the engine weaves algebra');
    owners.guest = { ownerId: randomUUID(), accountId: null };
    await makeAccount(api, 'admin');
    for (const [name, role] of [['owner', 'user'], ['other', 'user'], ['curator', 'curator'], ['admin', 'admin']] as const) {
      const { _id } = await makeAccount(api, role);
      // With a password to ask for, so that no account removes itself.
      await accounts.update(_id, { passwordHash });
      owners[name] = { ownerId: _id, accountId: _id };
    }
    const repository = api.app.get(ApiKeyRepository);
    const scopesOf = { readKey: ['owner', 'read'], talkKey: ['other', 'converse'], fullKey: ['admin', 'read', 'converse', 'curate'], revokedKey: ['owner', 'converse'] } as const;
    for (const asker of ['readKey', 'talkKey', 'fullKey', 'revokedKey'] as const) {
      const [name, ...scopes] = scopesOf[asker];
      const { key, record } = await repository.create(owners[name].ownerId, { name: asker, scopes, expiresAt: null });
      if (asker === 'revokedKey') await repository.revoke(record.keyId, record.accountId);
      keys[asker] = key;
    }
    await api.app.get(AccountLinkRepository, { strict: false }).add({ issuer: issuer.issuer, subject: 'an admin' }, owners.admin.ownerId);
    const claims = { sub: 'an admin', scope: 'read converse curate', exp: Math.floor(Date.now() / 1_000) + 600 };
    keys.fullToken = await issuer.sign(claims);
    keys.badToken = await issuer.sign({ ...claims, aud: 'https://other.example' });
  });
  afterAll(async () => {
    await api.stop();
    await issuer.close();
  });

  describe('call routes', () => {
    it('is in the table for every route that the application has, and for no other', () => {
      expect([...routeTable.keys()].sort()).toEqual(routesOf(api).sort());
    });

    it.each([...routeTable])('%s: %s', async (route, rule) => {
      const [method, pattern] = route.split(' ') as [string, string];
      const ask = async (asker: Asker): Promise<[Asker, Outcome]> => {
        const { conversationId, turnId } = rule === 'owner' ? await makeOwned() : { conversationId: randomUUID(), turnId: randomUUID() };
        const path = pattern.replace(/:(\w+)/g, (_, name: string) => ({ conversationId, turnId, personaId: 'nobody-there', version: '1' })[name] ?? randomUUID());
        const client = await clientOf(asker);
        const { status, body } = await client.send(method, path, method === 'GET' ? undefined : (bodies[route]?.() ?? {}));
        return [asker, outcomeOf(rule, status, body)];
      };
      const found = Object.fromEntries(await Promise.all(askers.map(ask)));
      // These end sessions.
      if (pattern.startsWith('/api/auth')) usual.clear();
      expect(found).toEqual(outcomesOf(rule, { writes: method !== 'GET', known: pattern.startsWith('/api') }));
    });

    it('refuses a route that is missing in the table, to everybody', async () => {
      const route = 'GET /api/service';
      const table = routeTable as Map<string, Rule>;
      const rule = table.get(route)!;
      table.delete(route);
      try {
        for (const asker of ['nobody', 'admin', 'operator'] as const) {
          expect(await (await clientOf(asker)).get('/api/service')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        }
      } finally {
        table.set(route, rule);
      }
    });
  });

  describe('send events', () => {
    const sockets: Socket[] = [];
    const connect = async (client: ApiClient, baseUrl = api.baseUrl, token?: string): Promise<Socket> => {
      const socket = io(baseUrl, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        ...(token === undefined ? {} : { auth: { token } }),
        extraHeaders: client.cookie === null ? {} : { cookie: client.cookie },
      });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
      return socket;
    };
    const ask = (socket: Socket, event: string, message: object): Promise<{ ok: boolean; problem?: ProblemDocument }> => socket.timeout(5_000).emitWithAck(event, message);
    const operatorToken = (): string => process.env['DRAMATIS_ADMIN_TOKEN'] ?? api.env.operatorToken!;

    afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

    it('is in the table for every event that the application takes, and for no other', () => {
      expect([...socketEventTable.keys()].sort()).toEqual(eventsOf(api).sort());
    });

    it.each([...socketEventTable])('%s: %s', async (event, rule) => {
      const owned = await makeOwned();
      const askAs = async (asker: Asker): Promise<[Asker, Outcome]> => {
        const socket = await connect(await clientOf(asker), api.baseUrl, asker === 'operator' ? operatorToken() : isKeyAsker(asker) ? keys[asker] : undefined);
        const { problem } = await ask(socket, event, messages[event]!(owned));
        return [asker, outcomeOf(rule, problem?.status ?? 200, problem)];
      };
      // One with a key that is not good does not even open.
      for (const bad of [keys.revokedKey, keys.badToken]) {
        await expect(connect(api.client(), api.baseUrl, bad)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
      }
      const { revokedKey: _, badToken: __, ...outcomes } = outcomesOf(rule, { writes: false, known: true });
      const asking = askers.filter((asker) => asker !== 'revokedKey' && asker !== 'badToken');
      expect(Object.fromEntries(await Promise.all(asking.map(askAs)))).toEqual(outcomes);
    });

    it('takes the token with the message too, as browsers may have it only then', async () => {
      const socket = await connect(await clientOf('guest'));
      const message = { ingestionId: randomUUID() };
      expect((await ask(socket, 'ingestion:subscribe', { ...message, token: 'x' })).problem?.code).toBe('unauthenticated');
      expect((await ask(socket, 'ingestion:subscribe', { ...message, token: operatorToken() })).problem?.code).toBe('ingestion_not_found');
    });

    it('refuses an event that is missing in the table, with an answer', async () => {
      expect(await ask(await connect(await clientOf('admin')), 'no:such:event', {})).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
    });

    describe('over what stays open, until', () => {
      const closed = async (socket: Socket): Promise<string> => ((await once(socket as never, 'disconnect')) as [string])[0];

      it('the session ends, in whatever process; other sessions stay', async () => {
        const elsewhere = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: api.env.mongodbUri });
        try {
          const [mine, another] = [await enter(api, owners.owner), await enter(api, owners.owner)];
          const [ending, staying] = [await connect(mine, elsewhere.baseUrl), await connect(another, elsewhere.baseUrl)];
          const ended = closed(ending);
          expect((await another.delete(`/api/auth/sessions/${mine.sessionId}`)).status).toBe(204);
          // Not by the server's own word: clients come again by themselves only after a lost transport.
          expect(await ended).toBe('transport close');
          const { turnId } = await makeOwned();
          expect(await ask(staying, 'turn:subscribe', { turnId })).toMatchObject({ ok: true });
          expect((await ask(await connect(mine, elsewhere.baseUrl), 'turn:subscribe', { turnId })).problem?.code).toBe('turn_not_found');
        } finally {
          await elsewhere.app.close();
        }
      });

      it('the role is taken away', async () => {
        const { _id: accountId } = await makeAccount(api, 'curator');
        const socket = await connect(await enter(api, { ownerId: accountId, accountId }));
        expect((await ask(socket, 'ingestion:subscribe', { ingestionId: randomUUID() })).problem?.code).toBe('ingestion_not_found');
        const ended = closed(socket);
        await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'user' });
        await ended;
      });

      it('its key is revoked', async () => {
        const keys = api.app.get(ApiKeyRepository);
        const { key, record } = await keys.create(owners.owner.ownerId, { name: 'socket', scopes: ['read'], expiresAt: null });
        const ended = closed(await connect(api.client(), api.baseUrl, key));
        await keys.revoke(record.keyId, record.accountId);
        await ended;
      });

      it('the key that came with a message is revoked', async () => {
        const keys = api.app.get(ApiKeyRepository);
        const { _id: accountId } = await makeAccount(api, 'curator');
        const { key, record } = await keys.create(accountId, { name: 'message', scopes: ['read', 'curate'], expiresAt: null });
        const socket = await connect(await clientOf('guest'));
        const ended = closed(socket);
        expect((await ask(socket, 'ingestion:subscribe', { ingestionId: randomUUID(), token: key })).problem?.code).toBe('ingestion_not_found');
        await keys.revoke(record.keyId, accountId);
        await ended;
      });

      it('a look finds out, when nobody was told, or in words that mean nothing', async () => {
        const client = await enter(api, owners.owner);
        const socket = await connect(client);
        const ended = closed(socket);
        await api.app.get<Redis>(REDIS).publish(sessionChangesChannel, 'no JSON');
        await database.collection('sessions').deleteOne({ sessionId: client.sessionId });
        await ended;
      });

      it('as a stream of server-sent events', async () => {
        const client = await enter(api, owners.owner);
        const { turnId } = await makeOwned();
        await database.collection('turns').updateOne({ _id: turnId as never }, { $set: { status: 'running' } });
        const response = await fetch(`${api.baseUrl}/api/turns/${turnId}/events`, { headers: { cookie: client.cookie! } });
        expect(response.status).toBe(200);
        const whole = response.text();
        await api.app.get(SessionRepository).end(client.sessionId, owners.owner.ownerId);
        await whole;
        const again = await fetch(`${api.baseUrl}/api/turns/${turnId}/events`, { headers: { cookie: client.cookie! } });
        expect(again.status).toBe(404);
      });
    });
  });
});

/** Where not the rule but the thing decides, what is not there was not for the asker; else that they are told so shows that they may ask. */
function outcomeOf(rule: Rule, status: number, body: Partial<ProblemDocument> | undefined): Outcome {
  const code = body?.code;
  if (code === 'unauthenticated' || code === 'forbidden') return code;
  if (rule === 'owner' && (code === 'conversation_not_found' || code === 'turn_not_found')) return 'absent';
  if (status >= 500 && status !== 503) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return 'allowed';
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route that Nest has given to Express. The API's documentation is served past Nest, without guards, to everybody. */
function routesOf(api: ApiHarness): string[] {
  const { router } = api.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) => {
    // The last is Nest's own, which says that there is nothing at an address.
    if (!route || /^\/api\/(docs|openapi)/.test(route.path) || route.path === '{/*splat}') return [];
    return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}

/** Every event that a method of a gateway subscribes to. */
function eventsOf(api: ApiHarness): string[] {
  const { container } = api.app as unknown as { container: { getModules(): Map<string, { providers: Map<unknown, { metatype: unknown }> }> } };
  const gateways = [...container.getModules().values()]
    .flatMap(({ providers }) => [...providers.values()].map(({ metatype }) => metatype))
    .filter((metatype): metatype is new () => object => typeof metatype === 'function' && Reflect.hasMetadata('websockets:is_gateway', metatype));
  return gateways.flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const method = (prototype as Record<string, unknown>)[name];
      const event: unknown = typeof method === 'function' ? Reflect.getMetadata('message', method) : undefined;
      return typeof event === 'string' ? [event] : [];
    }),
  );
}
