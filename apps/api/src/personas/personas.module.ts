import { Module } from '@nestjs/common';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { PersonasController } from './personas.controller.js';
import { PersonasService } from './personas.service.js';

@Module({ imports: [KnowledgeModule], controllers: [PersonasController], providers: [PersonasService], exports: [PersonasService] })
export class PersonasModule {}
