import { Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AccountApi } from './account-api';
import { addressCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Has a link sent for a new password. Does not tell whether there is such an account. */
@Component({
  selector: 'dr-forgotten-page',
  imports: [FormEnd, RouterLink, TextField],
  providers: [Submission],
  template: `
    <h1>A new password</h1>
    <div role="status">
      @if (sentTo(); as address) {
        <p class="lead">If there is an account with the address {{ address }}, a link is on its way there. It works once, within an hour. Look among unwanted mail too.</p>
      }
    </div>
    @if (sentTo() === null) {
      <p class="lead">Type the address of your account, and a link is sent there with which you choose a new password.</p>
      <form #form novalidate (submit)="$event.preventDefault(); send(form)">
        <dr-text-field label="E-mail address" name="email" type="email" autocomplete="username" [longest]="254" />
        <dr-form-end action="Send the link" busyWords="Sending it" />
      </form>
    }
    <p class="beside"><a routerLink="/account/sign-in">Back to signing in</a></p>
  `,
  styleUrl: './entrance.css',
})
export class ForgottenPage {
  private readonly api = inject(AccountApi);
  private readonly submission = inject(Submission);
  protected readonly sentTo = signal<string | null>(null);

  protected async send(form: HTMLFormElement): Promise<void> {
    const address = await this.submission.run(form, {
      checks: { email: addressCheck },
      send: async ({ email = '' }) => {
        await this.api.requestPasswordReset(email.trim());
        return email.trim();
      },
    });
    if (address) this.sentTo.set(address);
  }
}
