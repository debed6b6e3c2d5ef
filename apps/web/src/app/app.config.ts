import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import { TitleStrategy, provideRouter, withComponentInputBinding, withInMemoryScrolling, withNavigationErrorHandler } from '@angular/router';
import { provideTexts } from '../i18n/provide-texts';
import { routes } from './app.routes';
import { endedSession } from './core/ended-session';
import { spokenProblems } from './core/spoken-problems';
import { SocketTransport } from './core/turns/socket-transport';
import { SseTransport } from './core/turns/sse-transport';
import { TURN_EVENT_TRANSPORTS } from './core/turns/turn-events-port';
import { handleNavigationError } from './shell/navigation-errors';
import { PageTitle } from './shell/page-title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideTexts(),
    provideHttpClient(withInterceptors([endedSession, spokenProblems])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withNavigationErrorHandler(handleNavigationError),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    { provide: TURN_EVENT_TRANSPORTS, useFactory: () => [inject(SocketTransport), inject(SseTransport)] },
    { provide: TitleStrategy, useExisting: PageTitle },
  ],
};
