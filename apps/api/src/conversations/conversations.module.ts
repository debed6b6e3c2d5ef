import { Module } from '@nestjs/common';
import { ConversationChangesModule } from '../conversation-changes/conversation-changes.module.js';
import { CustomsModule } from '../customs/customs.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TurnsModule } from '../turns/turns.module.js';
import { ConversationUpkeep } from './conversation-upkeep.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';
import { ExportsController } from './exports.controller.js';
import { SharesController } from './shares.controller.js';
import { SharesService } from './shares.service.js';

@Module({
  imports: [ConversationChangesModule, CustomsModule, PersonasModule, SessionsModule, TurnsModule],
  controllers: [ConversationsController, SharesController, ExportsController],
  providers: [ConversationsService, SharesService, ConversationUpkeep],
})
export class ConversationsModule {}
