import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Icon } from '../../shared/icon';
import { AccountApi } from './account-api';
import { signInWords } from './account-words';
import { Arrival } from './arrival';
import { addressCheck, givenPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { ProviderButtons } from './provider-buttons';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Signs in to an account, and leads back. */
@Component({
  selector: 'dr-sign-in-page',
  imports: [FormEnd, Icon, ProviderButtons, RouterLink, TextField],
  providers: [Submission],
  template: `
    <h1>{{ t('app.signIn') }}</h1>
    @if (identity.account(); as account) {
      <p class="lead">{{ t('account.youAreSignedInAsWhoeverSigns', { displayName: account.displayName }) }}</p>
    } @else if (identity.me()?.guest) {
      <p class="lead">{{ t('account.theConversationsThatYouBeganAsA') }}</p>
    }
    @if (failure(); as words) {
      <p class="failure" role="alert"><dr-icon name="notice" /> <span>{{ words }}</span></p>
    }
    <form #form novalidate (submit)="$event.preventDefault(); signIn(form)">
      <dr-text-field [label]="t('account.eMailAddress')" name="email" type="email" autocomplete="username" [longest]="254" />
      <dr-text-field [label]="t('account.password')" name="password" type="password" autocomplete="current-password" />
      <dr-form-end [action]="t('app.signIn')" [busyWords]="t('account.signingIn')">
        <a routerLink="/account/forgotten">{{ t('account.forgottenYourPassword') }}</a>
      </dr-form-end>
    </form>
    <dr-provider-buttons [returnUrl]="returnUrl()" />
    <p class="beside">{{ t('account.noAccountYet') }} <a routerLink="/account/sign-up" queryParamsHandling="preserve">{{ t('account.makeOne') }}</a></p>
  `,
  styleUrl: './entrance.css',
})
export class SignInPage {
  protected readonly t = injectTranslate();
  /** Query parameter of the address. */
  readonly returnUrl = input<string>();
  /** The same: why a provider led back here. */
  readonly problem = input<string>();

  private readonly api = inject(AccountApi);
  private readonly arrival = inject(Arrival);
  private readonly submission = inject(Submission);
  protected readonly identity = inject(Identity);
  protected readonly failure = computed(() => (this.problem() ? signInWords(this.t, this.problem()!) : null));

  constructor() {
    // Somebody may have become a guest since the page was loaded.
    void this.identity.refresh();
  }

  protected async signIn(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { email: addressCheck, password: givenPasswordCheck },
      send: ({ email = '', password = '' }) => this.api.signIn({ email: email.trim(), password }),
      fields: { invalid_credentials: 'password' },
    });
    if (me) await this.arrival.enter(me, this.returnUrl());
  }
}
