import { Module } from '@nestjs/common';
import { ConversationNotes } from './conversation-notes.js';
import { RecentTurns } from './recent-turns.js';
import { TurnEndings } from './turn-endings.js';
import { TurnPromptsController } from './turn-prompts.controller.js';
import { TurnReconciler } from './turn-reconciler.js';
import { TurnStarter } from './turn-starter.js';
import { TurnWorkflows } from './turn-workflows.js';
import { TurnsController } from './turns.controller.js';
import { TurnsService } from './turns.service.js';

@Module({
  controllers: [TurnsController, TurnPromptsController],
  providers: [TurnWorkflows, ConversationNotes, RecentTurns, TurnStarter, TurnEndings, TurnReconciler, TurnsService],
  exports: [RecentTurns, TurnsService],
})
export class TurnsModule {}
