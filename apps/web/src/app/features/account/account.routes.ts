import type { Routes } from '@angular/router';
import { titled } from '../../shell/page-title';
import { signedIn } from './signed-in';

export default [
  { path: '', pathMatch: 'full', title: titled('account.yourAccount'), canActivate: [signedIn], loadComponent: () => import('./account-page').then((m) => m.AccountPage) },
  { path: 'sign-in', title: titled('app.signIn'), loadComponent: () => import('./sign-in-page').then((m) => m.SignInPage) },
  { path: 'sign-up', title: titled('account.makeAnAccount'), loadComponent: () => import('./sign-up-page').then((m) => m.SignUpPage) },
  { path: 'forgotten', title: titled('account.forgottenPassword'), loadComponent: () => import('./forgotten-page').then((m) => m.ForgottenPage) },
  // Mails lead to these two, with the token behind the #.
  { path: 'reset', title: titled('account.aNewPassword'), loadComponent: () => import('./reset-page').then((m) => m.ResetPage) },
  { path: 'verify', title: titled('account.confirmYourAddress'), loadComponent: () => import('./verify-page').then((m) => m.VerifyPage) },
  { path: '**', title: titled('app.notFound.title'), loadComponent: () => import('../not-found/not-found-page').then((m) => m.NotFoundPage) },
] satisfies Routes;
