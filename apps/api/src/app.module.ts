import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AvatarsModule } from './avatars/avatars.module.js';
import { ConversationsModule } from './conversations/conversations.module.js';
import { CorporaModule } from './corpora/corpora.module.js';
import { CustomsModule } from './customs/customs.module.js';
import { TrialsModule } from './customs/trials.module.js';
import { EmbeddersModule } from './embedders/embedders.module.js';
import { HealthModule } from './health/health.module.js';
import { ValidatedInterceptor } from './http/caching.js';
import { FieldSelectionInterceptor } from './http/field-selection.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ZodValidationPipe } from './http/zod-validation.pipe.js';
import { NestLogger } from './infrastructure/nest-logger.js';
import { IdentityModule } from './identity/identity.module.js';
import { type Settings, SettingsModule } from './infrastructure/settings.module.js';
import { StoresModule } from './infrastructure/stores.module.js';
import { KnowledgeModule } from './knowledge/knowledge.module.js';
import { KnowledgeGraphModule } from './knowledge-graph/knowledge-graph.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { MailModule } from './mail/mail.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PersonaExchangeModule } from './persona-exchange/persona-exchange.module.js';
import { PersonasModule } from './personas/personas.module.js';
import { ServiceInfoModule } from './service-info/service-info.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { TemporalModule } from './temporal/temporal.module.js';
import { TurnEventsModule } from './turn-events/turn-events.module.js';
import { TurnsModule } from './turns/turns.module.js';

@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // The request log itself is Express middleware, so that it also sees what no route does.
        LoggerModule.forRoot({ pinoHttp: { logger: settings.logger }, useExisting: true }),
        SettingsModule.with(settings),
        StoresModule,
        TemporalModule,
        MetricsModule,
        AccessModule,
        LimitsModule,
        SessionsModule,
        MailModule,
        IdentityModule,
        PersonasModule,
        AvatarsModule,
        PersonaExchangeModule,
        CustomsModule,
        ConversationsModule,
        TurnsModule,
        TrialsModule,
        TurnEventsModule,
        KnowledgeModule,
        CorporaModule,
        KnowledgeGraphModule,
        AuditModule,
        EmbeddersModule,
        ServiceInfoModule,
        HealthModule,
      ],
      providers: [
        NestLogger,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ZodValidationPipe },
        // The first sees what the second leaves of an answer.
        { provide: APP_INTERCEPTOR, useClass: ValidatedInterceptor },
        { provide: APP_INTERCEPTOR, useClass: FieldSelectionInterceptor },
      ],
    };
  }
}
