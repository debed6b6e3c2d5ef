import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccessGuard } from './access.guard.js';

@Module({ imports: [SessionsModule], providers: [{ provide: APP_GUARD, useClass: AccessGuard }] })
export class AccessModule {}
