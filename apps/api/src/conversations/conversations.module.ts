import { Module } from '@nestjs/common';
import { PersonasModule } from '../personas/personas.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TurnsModule } from '../turns/turns.module.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';
import { ExportsController } from './exports.controller.js';
import { SharesController } from './shares.controller.js';
import { SharesService } from './shares.service.js';

@Module({
  imports: [PersonasModule, SessionsModule, TurnsModule],
  controllers: [ConversationsController, SharesController, ExportsController],
  providers: [ConversationsService, SharesService],
})
export class ConversationsModule {}
