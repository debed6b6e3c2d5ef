import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { Module, type Provider } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { DATABASE } from '../infrastructure/tokens.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TurnsModule } from '../turns/turns.module.js';
import { AccountAdministration } from './account-administration.js';
import { AccountExport } from './account-export.js';
import { AccountRemoval } from './account-removal.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeys } from './api-keys.js';
import { AuthController } from './auth.controller.js';
import { EmailLinks } from './email-links.js';
import { IdentityUpkeep } from './identity-upkeep.js';
import { MeController } from './me.controller.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcAttempts } from './oidc/oidc-attempts.js';
import { OidcProviders } from './oidc/oidc-providers.js';
import { OidcSignIn } from './oidc/oidc-sign-in.js';
import { OwnAccount } from './own-account.js';
import { OwnSessions } from './own-sessions.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { Passwords } from './passwords.js';
import { SignIns } from './sign-ins.js';

const repositories: Provider[] = [
  { provide: MailedTokenRepository, inject: [DATABASE], useFactory: (database: Connection) => new MailedTokenRepository(database) },
  { provide: OwnerMoveRepository, inject: [DATABASE], useFactory: (database: Connection) => new OwnerMoveRepository(database) },
];

/** Accounts, their owners' sign-ins and sessions, and who administers them. */
@Module({
  imports: [SessionsModule, TurnsModule],
  controllers: [AuthController, MeController, OwnSessionsController, AccountsController, ApiKeysController, OidcController],
  providers: [
    ...repositories,
    Passwords,
    SignIns,
    EmailLinks,
    AccountsService,
    OwnAccount,
    OwnSessions,
    AccountExport,
    AccountRemoval,
    AccountAdministration,
    IdentityUpkeep,
    ApiKeys,
    OidcProviders,
    OidcAttempts,
    OidcSignIn,
  ],
  exports: [SignIns],
})
export class IdentityModule {}
