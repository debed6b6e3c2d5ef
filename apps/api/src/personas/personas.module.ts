import { Module } from '@nestjs/common';
import { AvatarsModule } from '../avatars/avatars.module.js';
import { CustomsModule } from '../customs/customs.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { PersonaAuthors } from './persona-authors.js';
import { PersonaDraftsController } from './persona-drafts.controller.js';
import { PersonasController } from './personas.controller.js';
import { PersonasService } from './personas.service.js';

@Module({
  imports: [AvatarsModule, KnowledgeModule, CustomsModule],
  controllers: [PersonasController, PersonaDraftsController],
  providers: [PersonasService, PersonaAuthors],
  exports: [PersonasService],
})
export class PersonasModule {}
