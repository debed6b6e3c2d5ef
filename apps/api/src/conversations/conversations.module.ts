import { Module } from '@nestjs/common';
import { PersonasModule } from '../personas/personas.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';

@Module({ imports: [PersonasModule, SessionsModule], controllers: [ConversationsController], providers: [ConversationsService] })
export class ConversationsModule {}
