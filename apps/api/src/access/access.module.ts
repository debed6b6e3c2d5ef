import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Connection } from 'mongoose';
import { DATABASE } from '../infrastructure/tokens.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccessGuard } from './access.guard.js';
import { AccessReader } from './access-reader.js';
import { ApiKeyReader } from './api-key-reader.js';
import { CREDENTIAL_READERS, type CredentialReader } from './credential-reader.js';
import { OpenAccesses } from './open-accesses.js';
import { OperatorTokenReader } from './operator-token-reader.js';
import { SessionReader } from './session-reader.js';
import { SocketAccess } from './socket-access.js';

/** Who asks, and who may. */
@Global()
@Module({
  imports: [SessionsModule],
  providers: [
    SessionReader,
    OperatorTokenReader,
    { provide: ApiKeyRepository, inject: [DATABASE], useFactory: (database: Connection) => new ApiKeyRepository(database) },
    ApiKeyReader,
    {
      provide: CREDENTIAL_READERS,
      // Tokens before the session: who sends one means it.
      inject: [OperatorTokenReader, ApiKeyReader, SessionReader],
      useFactory: (...readers: CredentialReader[]): CredentialReader[] => readers,
    },
    AccessReader,
    OpenAccesses,
    SocketAccess,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ApiKeyRepository, AccessReader, OpenAccesses, SocketAccess],
})
export class AccessModule {}
