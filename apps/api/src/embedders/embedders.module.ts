import { EmbedderSwitchRepository } from '@dramatis/database/knowledge/embedder-switch-repository';
import { Module } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { DATABASE } from '../infrastructure/tokens.js';
import { EmbeddersController } from './embedders.controller.js';
import { EmbeddersService } from './embedders.service.js';

@Module({
  controllers: [EmbeddersController],
  providers: [
    { provide: EmbedderSwitchRepository, inject: [DATABASE], useFactory: (database: Connection) => new EmbedderSwitchRepository(database) },
    EmbeddersService,
  ],
})
export class EmbeddersModule {}
