import { Module } from '@nestjs/common';
import { SessionService } from './session.service.js';
import { SessionsController } from './sessions.controller.js';

@Module({ controllers: [SessionsController], providers: [SessionService], exports: [SessionService] })
export class SessionsModule {}
