import { inject } from '@angular/core';
import type { Routes } from '@angular/router';
import { EarlyConversation } from './features/conversation/early-conversation';
import { titled } from './shell/page-title';
import { withTexts } from '../i18n/with-texts';

/** Of pages on which one talks, or chooses with whom: there it matters by what replies are made. */
const makesReplies = { makesReplies: true };

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: titled('app.personas'),
    data: makesReplies,
    loadComponent: withTexts(['gallery'], () => import('./features/gallery/gallery-page').then((m) => m.GalleryPage)),
  },
  {
    path: 'personas/:personaId',
    title: titled('app.persona'),
    data: makesReplies,
    loadComponent: withTexts(['persona'], () => import('./features/persona/persona-page').then((m) => m.PersonaPage)),
  },
  {
    path: 'conversations',
    title: titled('app.conversations'),
    loadComponent: withTexts(['conversations'], () => import('./features/conversations/conversations-page').then((m) => m.ConversationsPage)),
  },
  {
    path: 'conversations/:conversationId',
    title: titled('app.conversation'),
    data: makesReplies,
    loadComponent: withTexts(['conversation', 'verdicts'], () => {
      inject(EarlyConversation).begin();
      return import('./features/conversation/conversation-page').then((m) => m.ConversationPage);
    }),
  },
  {
    path: 'shared/:token',
    title: titled('app.sharedConversation'),
    loadComponent: withTexts(['sharedConversation'], () => import('./features/shared-conversation/shared-page').then((m) => m.SharedPage)),
  },
  {
    path: 'account',
    loadChildren: withTexts(['account'], () => import('./features/account/account.routes')),
  },
  {
    path: 'console',
    loadChildren: withTexts(['console'], () => import('./features/console/console.routes')),
  },
  {
    path: '**',
    title: titled('app.notFound.title'),
    loadComponent: () => import('./features/not-found/not-found-page').then((m) => m.NotFoundPage),
  },
];
