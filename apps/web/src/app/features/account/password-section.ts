import { Component, inject, input } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { AccountApi } from './account-api';
import { givenPasswordCheck, newPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Another password. */
@Component({
  selector: 'dr-password-section',
  imports: [FormEnd, TextField],
  providers: [Submission],
  template: `
    <div>
      <h2>Password</h2>
      <p class="about">A new one ends your sessions everywhere else.</p>
    </div>
    <form #form novalidate (submit)="$event.preventDefault(); change(form)">
      <!-- Tells password managers whose password changes. -->
      <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" [value]="account().email" />
      <dr-text-field label="Current password" name="currentPassword" type="password" autocomplete="current-password" />
      <dr-text-field label="New password" name="newPassword" type="password" autocomplete="new-password" hint="At least 10 characters. A few words that do not belong together are good." />
      <dr-form-end action="Change the password" busyWords="Changing it" [quiet]="true" />
    </form>
  `,
  styleUrl: './section.css',
})
export class PasswordSection {
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly identity = inject(Identity);
  private readonly notifier = inject(Notifier);
  private readonly submission = inject(Submission);

  protected async change(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { currentPassword: givenPasswordCheck, newPassword: newPasswordCheck },
      send: ({ currentPassword = '', newPassword = '' }) => this.api.update({ currentPassword, newPassword }),
      fields: { wrong_password: 'currentPassword', password_too_weak: 'newPassword' },
    });
    if (!me) return;
    form.reset();
    this.identity.take(me);
    this.notifier.tell('Your password is changed, and your other sessions have ended.');
  }
}
