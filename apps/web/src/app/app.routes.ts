import type { Routes } from '@angular/router';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Personas',
    loadComponent: () => import('./features/gallery/gallery-page').then((m) => m.GalleryPage),
  },
  {
    path: 'personas/:personaId',
    title: 'Persona',
    loadComponent: () => import('./features/persona/persona-page').then((m) => m.PersonaPage),
  },
  {
    path: 'conversations',
    title: 'Conversations',
    loadComponent: () => import('./features/conversations/conversations-page').then((m) => m.ConversationsPage),
  },
  {
    path: 'conversations/:conversationId',
    title: 'Conversation',
    loadComponent: () => import('./features/conversation/conversation-page').then((m) => m.ConversationPage),
  },
  {
    path: 'shared/:token',
    title: 'Shared conversation',
    loadComponent: () => import('./features/shared-conversation/shared-page').then((m) => m.SharedPage),
  },
  {
    path: 'account',
    loadChildren: () => import('./features/account/account.routes'),
  },
  {
    path: 'console',
    loadChildren: () => import('./features/console/console.routes'),
  },
  {
    path: '**',
    title: 'Not found',
    loadComponent: () => import('./features/not-found/not-found-page').then((m) => m.NotFoundPage),
  },
];
