import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { exactDay } from '../../shared/relative-time';
import { roleWord } from '../../shared/role-words';
import { StageDirection } from '../../shared/stage-direction';
import { AddressSection } from './address-section';
import { ApiKeysSection } from './api-keys-section';
import { DataSection } from './data-section';
import { PasswordSection } from './password-section';
import { ProfileSection } from './profile-section';
import { RemovalSection } from './removal-section';
import { SessionsSection } from './sessions-section';
import { UsageSection } from './usage-section';

/** One's own account: who one is here, where one is signed in, what one has used, and the way out. */
@Component({
  selector: 'dr-account-page',
  imports: [AddressSection, ApiKeysSection, DataSection, PasswordSection, ProfileSection, RemovalSection, RouterLink, SessionsSection, StageDirection, UsageSection],
  template: `
    @if (identity.account(); as account) {
      <header>
        <h1>{{ account.displayName }}</h1>
        <p class="lead">{{ t('account.withAnAccountSince', { role: roleWord(t, account.role), day: day(account.createdAt) }) }}</p>
      </header>
      <dr-profile-section [account]="account" />
      <dr-address-section [account]="account" />
      @if (account.hasPassword) {
        <dr-password-section [account]="account" />
      }
      <dr-sessions-section />
      <dr-api-keys-section [account]="account" />
      <dr-usage-section />
      <dr-data-section />
      <dr-removal-section [account]="account" />
    } @else if (identity.me()) {
      <dr-stage-direction [direction]="t('app.signedOut')" [message]="t('account.yourAccountIsHereAgainWhenYou')">
        <a class="button" routerLink="/account/sign-in" [queryParams]="{ returnUrl: '/account' }">{{ t('app.signIn') }}</a>
      </dr-stage-direction>
    } @else {
      <dr-stage-direction role="alert" [direction]="t('account.yourAccountCannotBeShown')" [message]="t('account.theServerDoesNotSayWhoYou')">
        <button type="button" class="button" (click)="identity.refresh()">{{ t('app.tryAgain') }}</button>
      </dr-stage-direction>
    }
  `,
  styles: `
    :host {
      width: 100%;
      max-width: 58rem;
      margin-inline: auto;
      padding: var(--s5) clamp(1rem, 3vw, 2.5rem) var(--s8);
    }

    header {
      padding-bottom: var(--s5);
    }

    h1 {
      font-weight: 420;
      overflow-wrap: anywhere;
    }

    .lead {
      margin-top: var(--s1);
      color: var(--ink-soft);
      font-family: var(--serif);
      font-style: italic;
    }
  `,
})
export class AccountPage {
  protected readonly t = injectTranslate();
  protected readonly identity = inject(Identity);
  protected readonly roleWord = roleWord;

  protected day(at: string): string {
    return exactDay(this.t, at);
  }
}
