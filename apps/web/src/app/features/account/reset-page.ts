import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Identity } from '../../core/identity';
import { AccountApi } from './account-api';
import { newPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { MailedToken } from './mailed-token';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Where the mail about a forgotten password leads: chooses a new one. */
@Component({
  selector: 'dr-reset-page',
  imports: [FormEnd, RouterLink, TextField],
  providers: [MailedToken, Submission],
  template: `
    <h1>Choose a new password</h1>
    <div role="status">
      @if (done()) {
        <p class="lead">Your password is changed, and every session of your account has ended. Sign in with the new one.</p>
      }
    </div>
    @if (done()) {
      <p class="choices"><a class="button" routerLink="/account/sign-in">Sign in</a></p>
    } @else if (token.value === null || submission.problem()?.code === 'link_invalid') {
      <p class="lead" role="alert">{{ token.value === null ? 'This address is not whole: it has to be opened as it stands in the mail.' : 'This link was used already, has expired, or was replaced by a newer one.' }}</p>
      <p class="choices"><a class="button" routerLink="/account/forgotten">Have another link sent</a></p>
    } @else {
      <p class="lead">Everywhere else you are signed in, your sessions end, and keys of programs stop working.</p>
      <form #form novalidate (submit)="$event.preventDefault(); choose(form)">
        <dr-text-field label="New password" name="password" type="password" autocomplete="new-password" hint="At least 10 characters. A few words that do not belong together are good." />
        <dr-form-end action="Change the password" busyWords="Changing it" />
      </form>
    }
  `,
  styleUrl: './entrance.css',
})
export class ResetPage {
  private readonly api = inject(AccountApi);
  private readonly identity = inject(Identity);
  protected readonly token = inject(MailedToken);
  protected readonly submission = inject(Submission);
  protected readonly done = signal(false);

  protected async choose(form: HTMLFormElement): Promise<void> {
    const token = this.token.value ?? '';
    const done = await this.submission.run(form, {
      checks: { password: newPasswordCheck },
      send: async ({ password = '' }) => {
        await this.api.resetPassword({ token, password });
        return true;
      },
      fields: { password_too_weak: 'password' },
    });
    if (!done) return;
    this.token.forget();
    this.done.set(true);
    // Where one was signed in here, that session has ended too.
    if (this.identity.account() !== null) this.identity.leave();
  }
}
