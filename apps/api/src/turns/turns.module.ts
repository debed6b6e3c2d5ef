import { Module } from '@nestjs/common';
import { ConversationChangesModule } from '../conversation-changes/conversation-changes.module.js';
import { ConversationNotes } from './conversation-notes.js';
import { CustomsModule } from '../customs/customs.module.js';
import { ServiceInfoModule } from '../service-info/service-info.module.js';
import { ProvidersOffered } from './providers-offered.js';
import { RecentTurns } from './recent-turns.js';
import { TurnEndings } from './turn-endings.js';
import { TurnPlaces } from './turn-places.js';
import { TurnPromptsController } from './turn-prompts.controller.js';
import { TurnReconciler } from './turn-reconciler.js';
import { TurnStarter } from './turn-starter.js';
import { TurnWorkflows } from './turn-workflows.js';
import { TurnsController } from './turns.controller.js';
import { TurnsService } from './turns.service.js';

@Module({
  imports: [ConversationChangesModule, CustomsModule, ServiceInfoModule],
  controllers: [TurnsController, TurnPromptsController],
  providers: [TurnWorkflows, ConversationNotes, RecentTurns, TurnPlaces, ProvidersOffered, TurnStarter, TurnEndings, TurnReconciler, TurnsService],
  exports: [RecentTurns, TurnEndings, TurnPlaces, TurnStarter, TurnsService],
})
export class TurnsModule {}
