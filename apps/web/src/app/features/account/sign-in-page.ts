import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Identity } from '../../core/identity';
import { AccountApi } from './account-api';
import { Arrival } from './arrival';
import { addressCheck, givenPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Signs in to an account, and leads back. */
@Component({
  selector: 'dr-sign-in-page',
  imports: [FormEnd, RouterLink, TextField],
  providers: [Submission],
  template: `
    <h1>Sign in</h1>
    @if (identity.account(); as account) {
      <p class="lead">You are signed in as {{ account.displayName }}. Whoever signs in here takes your place in this browser.</p>
    } @else if (identity.me()?.guest) {
      <p class="lead">The conversations that you began as a guest come along into your account.</p>
    }
    <form #form novalidate (submit)="$event.preventDefault(); signIn(form)">
      <dr-text-field label="E-mail address" name="email" type="email" autocomplete="username" [longest]="254" />
      <dr-text-field label="Password" name="password" type="password" autocomplete="current-password" />
      <dr-form-end action="Sign in" busyWords="Signing in">
        <a routerLink="/account/forgotten">Forgotten your password?</a>
      </dr-form-end>
    </form>
    <p class="beside">No account yet? <a routerLink="/account/sign-up" queryParamsHandling="preserve">Make one</a></p>
  `,
  styleUrl: './entrance.css',
})
export class SignInPage {
  /** Query parameter of the address. */
  readonly returnUrl = input<string>();

  private readonly api = inject(AccountApi);
  private readonly arrival = inject(Arrival);
  private readonly submission = inject(Submission);
  protected readonly identity = inject(Identity);

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
