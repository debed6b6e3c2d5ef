import { Module } from '@nestjs/common';
import { PersonasModule } from '../personas/personas.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TurnsModule } from '../turns/turns.module.js';
import { TrialsController } from './trials.controller.js';
import { TrialsService } from './trials.service.js';

@Module({ imports: [PersonasModule, SessionsModule, TurnsModule], controllers: [TrialsController], providers: [TrialsService] })
export class TrialsModule {}
