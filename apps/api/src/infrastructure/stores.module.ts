import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { toTurn, TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { recordPublishedVersions } from '@dramatis/database/corpus/record-published-versions';
import { renameGuestsToOwners } from '@dramatis/database/migrations/rename-guests-to-owners';
import { PersonaCache } from '@dramatis/database/personas/persona-cache';
import { PersonaImportRepository } from '@dramatis/database/personas/persona-import-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import { connectRedis, connectRedisSubscriber } from '@dramatis/turn-events/redis';
import { TurnEventFollower } from '@dramatis/turn-events/turn-event-follower';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Global, Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import type { Redis } from 'ioredis';
import mongoose, { type Connection } from 'mongoose';
import type { Env } from '../env.js';
import { OutageLog } from './outage-log.js';
import { DATABASE, ENV, LOGGER, REDIS, REDIS_SUBSCRIBER } from './tokens.js';

const connections: Provider[] = [
  {
    provide: DATABASE,
    inject: [ENV, LOGGER],
    useFactory: (env: Env, logger: Logger): Connection => {
      const outage = new OutageLog(logger, 'MongoDB');
      const connection = connectDatabase({ uri: env.mongodbUri, onConnectError: (error) => outage.failed(error) });
      connection.on('connected', () => outage.recovered());
      return connection;
    },
  },
  {
    provide: REDIS,
    inject: [ENV, LOGGER],
    useFactory: (env: Env, logger: Logger): Redis => {
      const outage = new OutageLog(logger, 'Redis');
      const redis = connectRedis({ url: env.redisUrl, onError: (error) => outage.failed(error) });
      redis.on('ready', () => outage.recovered());
      return redis;
    },
  },
  {
    provide: REDIS_SUBSCRIBER,
    inject: [ENV, LOGGER],
    useFactory: (env: Env, logger: Logger): Redis => {
      const outage = new OutageLog(logger, 'Redis (subscriptions)');
      const redis = connectRedisSubscriber({ url: env.redisUrl, onError: (error) => outage.failed(error) });
      redis.on('ready', () => outage.recovered());
      return redis;
    },
  },
];

const repositories: Provider[] = [
  {
    provide: PersonaRepository,
    inject: [DATABASE, REDIS, LOGGER],
    useFactory: (database: Connection, redis: Redis, logger: Logger) =>
      new PersonaRepository(database, new PersonaCache(redis, missedCache(logger))),
  },
  {
    provide: SessionRepository,
    inject: [DATABASE, REDIS, LOGGER],
    useFactory: (database: Connection, redis: Redis, logger: Logger) => new SessionRepository(database, redis, missedCache(logger)),
  },
  { provide: PersonaImportRepository, inject: [DATABASE], useFactory: (database: Connection) => new PersonaImportRepository(database) },
  { provide: ConversationRepository, inject: [DATABASE], useFactory: (database: Connection) => new ConversationRepository(database) },
  { provide: TurnRepository, inject: [DATABASE], useFactory: (database: Connection) => new TurnRepository(database) },
  { provide: CustomModeRepository, inject: [DATABASE], useFactory: (database: Connection) => new CustomModeRepository(database) },
  { provide: CustomFormatRepository, inject: [DATABASE], useFactory: (database: Connection) => new CustomFormatRepository(database) },
  { provide: CorpusVersionRepository, inject: [DATABASE], useFactory: (database: Connection) => new CorpusVersionRepository(database) },
  { provide: AuditRepository, inject: [DATABASE], useFactory: (database: Connection) => new AuditRepository(database) },
  { provide: TurnWorkspaceRepository, inject: [DATABASE], useFactory: (database: Connection) => new TurnWorkspaceRepository(database) },
];

const turnEvents: Provider[] = [
  { provide: TurnEventStream, inject: [REDIS], useFactory: (redis: Redis) => new TurnEventStream(redis) },
  {
    provide: TurnEventFollower,
    inject: [TurnEventStream, REDIS_SUBSCRIBER, TurnRepository],
    useFactory: (stream: TurnEventStream, subscriber: Redis, turns: TurnRepository) =>
      new TurnEventFollower({
        stream,
        subscriber,
        loadEndedTurn: async (turnId) => {
          const record = await turns.find(turnId);
          return record === null || record.status === 'running' ? null : toTurn(record);
        },
      }),
  },
];

const exported = [...connections, ...repositories, ...turnEvents];

/** Connections to MongoDB and Redis, and what reads and writes through them. All connect in the background, again and again. */
@Global()
@Module({ providers: exported, exports: exported })
export class StoresModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly database: Connection,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(REDIS_SUBSCRIBER) private readonly subscriber: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Every process that may be the first makes the indexes, and records that are missing; what rests on them, such as one running turn, must not wait. */
  onApplicationBootstrap(): void {
    const create = (): void => {
      renameGuestsToOwners(this.database)
        .then(() => createIndexes(this.database))
        .then(() => recordPublishedVersions(this.database))
        .catch((error: unknown) => this.logger.error({ err: error }, 'the database could not be prepared'));
    };
    if (this.database.readyState === mongoose.STATES.connected) create();
    this.database.on('connected', create);
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis.disconnect();
    this.subscriber.disconnect();
    await this.database.close();
  }
}

function missedCache(logger: Logger): (error: Error) => void {
  return (error) => logger.debug({ err: error }, 'cache missed, reading from the database');
}
