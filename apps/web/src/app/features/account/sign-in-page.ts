import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
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
    <h1>Sign in</h1>
    @if (identity.account(); as account) {
      <p class="lead">You are signed in as {{ account.displayName }}. Whoever signs in here takes your place in this browser.</p>
    } @else if (identity.me()?.guest) {
      <p class="lead">The conversations that you began as a guest come along into your account.</p>
    }
    @if (failure(); as words) {
      <p class="failure" role="alert"><dr-icon name="notice" /> <span>{{ words }}</span></p>
    }
    <form #form novalidate (submit)="$event.preventDefault(); signIn(form)">
      <dr-text-field label="E-mail address" name="email" type="email" autocomplete="username" [longest]="254" />
      <dr-text-field label="Password" name="password" type="password" autocomplete="current-password" />
      <dr-form-end action="Sign in" busyWords="Signing in">
        <a routerLink="/account/forgotten">Forgotten your password?</a>
      </dr-form-end>
    </form>
    <dr-provider-buttons [returnUrl]="returnUrl()" />
    <p class="beside">No account yet? <a routerLink="/account/sign-up" queryParamsHandling="preserve">Make one</a></p>
  `,
  styleUrl: './entrance.css',
})
export class SignInPage {
  /** Query parameter of the address. */
  readonly returnUrl = input<string>();
  /** The same: why a provider led back here. */
  readonly problem = input<string>();

  private readonly api = inject(AccountApi);
  private readonly arrival = inject(Arrival);
  private readonly submission = inject(Submission);
  protected readonly identity = inject(Identity);
  protected readonly failure = computed(() => (this.problem() ? signInWords(this.problem()!) : null));

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
