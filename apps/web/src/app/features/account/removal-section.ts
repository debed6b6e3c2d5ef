import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { Account } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { Confirm } from '../../shared/confirm';
import { AccountApi } from './account-api';
import { givenPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Deletes the account, once it is said what goes with it. */
@Component({
  selector: 'dr-removal-section',
  imports: [FormEnd, TextField],
  providers: [Submission],
  template: `
    <div>
      <h2>Delete the account</h2>
      <p class="about">This cannot be undone. Save your data first if you may want it.</p>
    </div>
    <div>
      <p>What goes:</p>
      <ul>
        <li>your account, its name and its address, and every session of it;</li>
        <li>all your conversations, also those that you shared: their links stop working;</li>
        <li>replies that are being written; they are stopped.</li>
      </ul>
      <p class="fine">What stays: the log of security-relevant acts. It knows you by a number, and the network addresses that you came from.</p>
      <form #form novalidate (submit)="$event.preventDefault(); remove(form)">
        <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" [value]="account().email" />
        @if (account().hasPassword) {
          <dr-text-field label="Password" name="password" type="password" autocomplete="current-password" />
        }
        <dr-form-end action="Delete my account" busyWords="Deleting it" [quiet]="true" />
      </form>
    </div>
  `,
  styleUrl: './section.css',
  styles: `
    ul {
      margin-block: var(--s2) var(--s3);
      padding-left: 1.1rem;
    }

    form {
      margin-top: var(--s4);
    }
  `,
})
export class RemovalSection {
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly confirm = inject(Confirm);
  private readonly identity = inject(Identity);
  private readonly notifier = inject(Notifier);
  private readonly router = inject(Router);
  private readonly submission = inject(Submission);

  protected async remove(form: HTMLFormElement): Promise<void> {
    const removed = await this.submission.run(form, {
      checks: this.account().hasPassword ? { password: givenPasswordCheck } : {},
      send: async ({ password }) => {
        const question = { heading: 'Delete your account?', message: 'It and all your conversations go for good.', action: 'Delete it', otherwise: 'Keep it' };
        if (!(await this.confirm.ask(question))) return false;
        await this.api.remove(password ? { password } : {});
        return true;
      },
      fields: { wrong_password: 'password' },
    });
    if (!removed) return;
    this.identity.leave();
    await this.router.navigateByUrl('/');
    this.notifier.tell('Your account is deleted, with everything in it.');
  }
}
