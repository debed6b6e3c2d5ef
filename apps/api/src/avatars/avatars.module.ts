import { AvatarRepository } from '@dramatis/database/personas/avatar-repository';
import { Module } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { DATABASE } from '../infrastructure/tokens.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { AvatarEncoder } from './avatar-encoder.js';
import { AvatarService } from './avatar.service.js';
import { AvatarUpkeep } from './avatar-upkeep.js';
import { AvatarUploadsController } from './avatar-uploads.controller.js';
import { AvatarsController } from './avatars.controller.js';

@Module({
  imports: [KnowledgeModule],
  controllers: [AvatarsController, AvatarUploadsController],
  providers: [
    AvatarService,
    AvatarUpkeep,
    { provide: AvatarEncoder, useFactory: () => new AvatarEncoder() },
    { provide: AvatarRepository, inject: [DATABASE], useFactory: (database: Connection) => new AvatarRepository(database) },
  ],
  exports: [AvatarService, AvatarEncoder],
})
export class AvatarsModule {}
