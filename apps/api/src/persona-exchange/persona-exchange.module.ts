import { Module } from '@nestjs/common';
import { AvatarsModule } from '../avatars/avatars.module.js';
import { CustomsModule } from '../customs/customs.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { BundleWriter } from './bundle-writer.js';
import { CardPictures } from './card-picture.js';
import { ImportAbilities } from './import-abilities.js';
import { ImportIds } from './import-ids.js';
import { ImportPortraits } from './import-portraits.js';
import { PersonaExchangeController } from './persona-exchange.controller.js';
import { PersonaExportService } from './persona-export.service.js';
import { PersonaImportService } from './persona-import.service.js';

/** Personas from and for other programs and installations. */
@Module({
  imports: [PersonasModule, KnowledgeModule, AvatarsModule, CustomsModule],
  controllers: [PersonaExchangeController],
  providers: [PersonaImportService, PersonaExportService, ImportAbilities, ImportIds, ImportPortraits, CardPictures, BundleWriter],
})
export class PersonaExchangeModule {}
