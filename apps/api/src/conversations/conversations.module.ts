import { Module } from '@nestjs/common';
import { PersonasModule } from '../personas/personas.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TurnsModule } from '../turns/turns.module.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';

@Module({ imports: [PersonasModule, SessionsModule, TurnsModule], controllers: [ConversationsController], providers: [ConversationsService] })
export class ConversationsModule {}
