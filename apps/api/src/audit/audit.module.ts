import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { SecurityLog } from './security-log.js';

/** The log of what was done: what curators and admins changed, and what concerns security. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [SecurityLog, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
  exports: [SecurityLog],
})
export class AuditModule {}
