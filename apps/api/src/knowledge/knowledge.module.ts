import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { UploadRepository } from '@dramatis/database/knowledge/upload-repository';
import { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import { objectStoreFromSettings } from '@dramatis/object-store/object-store-from-settings';
import { IngestionEventFollower } from '@dramatis/turn-events/ingestion-event-follower';
import { IngestionEventStream } from '@dramatis/turn-events/ingestion-event-stream';
import { Module, type Provider } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import type { Env } from '../env.js';
import { DATABASE, ENV, OBJECT_STORE, REDIS, REDIS_SUBSCRIBER } from '../infrastructure/tokens.js';
import { CorporaController } from './corpora.controller.js';
import { DocumentsService } from './documents.service.js';
import { IngestionEventsGateway } from './ingestion-events.gateway.js';
import { IngestionsController } from './ingestions.controller.js';
import { IngestionsService } from './ingestions.service.js';
import { PassagesController } from './passages.controller.js';
import { RevisionsController } from './revisions.controller.js';
import { SourceSchedules } from './source-schedules.js';
import { SourcesController } from './sources.controller.js';
import { SourcesService } from './sources.service.js';
import { UploadUpkeep } from './upload-upkeep.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

const repositories: Provider[] = [
  SourceRepository,
  DocumentRepository,
  PassageRepository,
  IngestionRepository,
  UploadRepository,
  WebPageRepository,
].map((Repository) => ({
  provide: Repository,
  inject: [DATABASE],
  useFactory: (database: Connection) => new Repository(database),
}));

const events: Provider = {
  provide: IngestionEventFollower,
  inject: [REDIS, REDIS_SUBSCRIBER, IngestionRepository],
  useFactory: (redis: Redis, subscriber: Redis, ingestions: IngestionRepository) =>
    new IngestionEventFollower({
      stream: new IngestionEventStream(redis),
      subscriber,
      loadEnded: async (ingestionId) => {
        const ingestion = await ingestions.get(ingestionId);
        return ingestion.status === 'running' ? null : ingestion;
      },
    }),
};

@Module({
  controllers: [SourcesController, UploadsController, IngestionsController, RevisionsController, CorporaController, PassagesController],
  providers: [
    ...repositories,
    events,
    { provide: OBJECT_STORE, inject: [ENV], useFactory: (env: Env) => objectStoreFromSettings(env.objects) },
    SourcesService,
    SourceSchedules,
    UploadsService,
    UploadUpkeep,
    IngestionsService,
    DocumentsService,
    IngestionEventsGateway,
  ],
  exports: [IngestionsService, SourceRepository, DocumentRepository, OBJECT_STORE],
})
export class KnowledgeModule {}
