import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { objectStoreFromSettings } from '@dramatis/object-store/object-store-from-settings';
import { Module, type Provider } from '@nestjs/common';
import type { Connection } from 'mongoose';
import type { Env } from '../env.js';
import { DATABASE, ENV, OBJECT_STORE } from '../infrastructure/tokens.js';
import { CorporaController } from './corpora.controller.js';
import { IngestionsController } from './ingestions.controller.js';
import { IngestionsService } from './ingestions.service.js';
import { PassagesController } from './passages.controller.js';
import { SourcesController } from './sources.controller.js';
import { SourcesService } from './sources.service.js';

const repositories: Provider[] = [SourceRepository, DocumentRepository, PassageRepository, IngestionRepository].map((Repository) => ({
  provide: Repository,
  inject: [DATABASE],
  useFactory: (database: Connection) => new Repository(database),
}));

@Module({
  controllers: [SourcesController, IngestionsController, CorporaController, PassagesController],
  providers: [
    ...repositories,
    { provide: OBJECT_STORE, inject: [ENV], useFactory: (env: Env) => objectStoreFromSettings(env.objects) },
    SourcesService,
    IngestionsService,
  ],
})
export class KnowledgeModule {}
