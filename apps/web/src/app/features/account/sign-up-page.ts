import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Registration } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Installation } from '../../core/installation';
import { AccountApi } from './account-api';
import { Arrival } from './arrival';
import { addressCheck, newPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { ProviderButtons } from './provider-buttons';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Makes an account, signs in to it, and leads back. */
@Component({
  selector: 'dr-sign-up-page',
  imports: [FormEnd, ProviderButtons, RouterLink, TextField],
  providers: [Submission],
  template: `
    <h1>Make an account</h1>
    @if (installation.info()?.firstAccountIsAdmin) {
      <p class="lead">Nobody administers this installation yet: the first account, which is yours, will.</p>
    }
    @if (identity.me()?.guest) {
      <p class="lead">Your conversations as a guest stay, and become your account’s. With it you find them on other devices too.</p>
    } @else {
      <p class="lead">With an account you find your conversations on every device.</p>
    }
    <form #form novalidate (submit)="$event.preventDefault(); signUp(form)">
      <dr-text-field label="E-mail address" name="email" type="email" autocomplete="username" hint="You sign in with it. A link that confirms it is sent there." [longest]="254" />
      <dr-text-field label="Name (optional)" name="displayName" autocomplete="name" hint="As you like to be called. Only you and those who keep this installation see it." [longest]="80" [needed]="false" />
      <dr-text-field label="Password" name="password" type="password" autocomplete="new-password" hint="At least 10 characters. A few words that do not belong together are good." />
      <dr-form-end action="Make the account" busyWords="Making it" />
    </form>
    <dr-provider-buttons [returnUrl]="returnUrl()" />
    <p class="beside">You have one? <a routerLink="/account/sign-in" queryParamsHandling="preserve">Sign in</a></p>
  `,
  styleUrl: './entrance.css',
})
export class SignUpPage {
  /** Query parameter of the address. */
  readonly returnUrl = input<string>();

  private readonly api = inject(AccountApi);
  private readonly arrival = inject(Arrival);
  private readonly submission = inject(Submission);
  protected readonly identity = inject(Identity);
  protected readonly installation = inject(Installation);

  constructor() {
    // Somebody may have become a guest since the page was loaded.
    void this.identity.refresh();
  }

  protected async signUp(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { email: addressCheck, password: newPasswordCheck },
      send: (values) => this.api.signUp(registrationOf(values)),
      fields: { email_taken: 'email', password_too_weak: 'password' },
    });
    if (!me?.account) return;
    const role = me.account.role === 'admin' ? 'You are the first here, so you are the admin of this installation.' : 'Your account is made.';
    await this.arrival.enter(me, this.returnUrl(), `${role} A link that confirms your address was sent to ${me.account.email}.`);
  }
}

function registrationOf({ email = '', displayName = '', password = '' }: Record<string, string>): Registration {
  const name = displayName.trim();
  return { email: email.trim(), password, ...(name !== '' && { displayName: name }) };
}
