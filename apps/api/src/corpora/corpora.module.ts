import { LineageReader } from '@dramatis/database/corpus/lineage-reader';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { VersionContents } from '@dramatis/database/corpus/version-contents';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { Module, type Provider } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { DATABASE } from '../infrastructure/tokens.js';
import { ComparisonController } from './comparison.controller.js';
import { CorpusVersionsController } from './corpus-versions.controller.js';
import { CorpusVersionsService } from './corpus-versions.service.js';
import { LineageController } from './lineage.controller.js';
import { ReproductionsController } from './reproductions.controller.js';

const readers: Provider[] = [VersionContents, LineageReader, ReproductionRepository, IngestionRepository].map((Reader) => ({
  provide: Reader,
  inject: [DATABASE],
  useFactory: (database: Connection) => new Reader(database),
}));

/** Versions of corpora: what they are, how they differ, which is published, and where their passages come from. */
@Module({
  controllers: [CorpusVersionsController, ComparisonController, LineageController, ReproductionsController],
  providers: [...readers, CorpusVersionsService],
  exports: [CorpusVersionsService],
})
export class CorporaModule {}
