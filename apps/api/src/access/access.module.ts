import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { Global, Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Connection } from 'mongoose';
import { ExternalAccounts } from '../identity/external-accounts.js';
import { DATABASE } from '../infrastructure/tokens.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccessGuard } from './access.guard.js';
import { AccessReader } from './access-reader.js';
import { ApiKeyReader } from './api-key-reader.js';
import { CREDENTIAL_READERS, type CredentialReader } from './credential-reader.js';
import { JwtReader } from './jwt-reader.js';
import { OpenAccesses } from './open-accesses.js';
import { OperatorTokenReader } from './operator-token-reader.js';
import { SessionReader } from './session-reader.js';
import { SocketAccess } from './socket-access.js';

const repositories: Provider[] = [
  { provide: AccountRepository, inject: [DATABASE], useFactory: (database: Connection) => new AccountRepository(database) },
  { provide: AccountLinkRepository, inject: [DATABASE], useFactory: (database: Connection) => new AccountLinkRepository(database) },
  { provide: ApiKeyRepository, inject: [DATABASE], useFactory: (database: Connection) => new ApiKeyRepository(database) },
];

/** Who asks, and who may. */
@Global()
@Module({
  imports: [SessionsModule],
  providers: [
    ...repositories,
    ExternalAccounts,
    SessionReader,
    OperatorTokenReader,
    ApiKeyReader,
    JwtReader,
    {
      provide: CREDENTIAL_READERS,
      // Tokens before the session: who sends one means it.
      inject: [OperatorTokenReader, ApiKeyReader, JwtReader, SessionReader],
      useFactory: (...readers: CredentialReader[]): CredentialReader[] => readers,
    },
    AccessReader,
    OpenAccesses,
    SocketAccess,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountRepository, AccountLinkRepository, ApiKeyRepository, ExternalAccounts, AccessReader, OpenAccesses, SocketAccess],
})
export class AccessModule {}
