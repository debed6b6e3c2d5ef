import type { Routes } from '@angular/router';
import { signedIn } from './signed-in';

export default [
  { path: '', pathMatch: 'full', title: 'Your account', canActivate: [signedIn], loadComponent: () => import('./account-page').then((m) => m.AccountPage) },
  { path: 'sign-in', title: 'Sign in', loadComponent: () => import('./sign-in-page').then((m) => m.SignInPage) },
  { path: 'sign-up', title: 'Make an account', loadComponent: () => import('./sign-up-page').then((m) => m.SignUpPage) },
  { path: 'forgotten', title: 'Forgotten password', loadComponent: () => import('./forgotten-page').then((m) => m.ForgottenPage) },
  // Mails lead to these two, with the token behind the #.
  { path: 'reset', title: 'A new password', loadComponent: () => import('./reset-page').then((m) => m.ResetPage) },
  { path: 'verify', title: 'Confirm your address', loadComponent: () => import('./verify-page').then((m) => m.VerifyPage) },
  { path: '**', title: 'Not found', loadComponent: () => import('../not-found/not-found-page').then((m) => m.NotFoundPage) },
] satisfies Routes;
