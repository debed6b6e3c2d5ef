import { Component, inject, input, signal } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { Icon } from '../../shared/icon';
import { AccountApi } from './account-api';
import { accountWords } from './account-words';
import { addressCheck, givenPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** The address with which one signs in: whether it is confirmed, and another in its place. */
@Component({
  selector: 'dr-address-section',
  imports: [FormEnd, Icon, TextField],
  providers: [Submission],
  template: `
    <div>
      <h2>E-mail address</h2>
      <p class="about">You sign in with it, and a new password is sent there should you forget yours. Another takes its place once you followed the link that is sent there.</p>
    </div>
    <div>
      <p class="address">
        {{ account().email }}
        @if (account().emailVerified) {
          <span class="fine"><dr-icon name="check" /> confirmed</span>
        }
      </p>
      @if (waiting(); as address) {
        <p class="said">
          <span>
            {{ account().pendingEmail ? address + ' takes its place as soon as it is confirmed.' : 'This address is not confirmed yet.' }}
            A link was sent there.
            <button type="button" class="text-button" [attr.aria-disabled]="sending() ? 'true' : null" (click)="sendAgain()">Send it again</button>
          </span>
        </p>
      }
      @if (account().hasPassword) {
        <form #form novalidate (submit)="$event.preventDefault(); change(form)">
          <dr-text-field label="New address" name="newEmail" type="email" autocomplete="email" [longest]="254" />
          <dr-text-field label="Current password" name="currentPassword" type="password" autocomplete="current-password" />
          <dr-form-end action="Change the address" busyWords="Sending the link" [quiet]="true" />
        </form>
      }
    </div>
  `,
  styleUrl: './section.css',
  styles: `
    .address {
      margin-bottom: var(--s4);
      font-size: var(--size-body);
      overflow-wrap: anywhere;
    }

    .fine {
      display: inline-flex;
      align-items: center;
      gap: 0.25em;
      margin-left: var(--s2);
      white-space: nowrap;
    }
  `,
})
export class AddressSection {
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly identity = inject(Identity);
  private readonly notifier = inject(Notifier);
  private readonly submission = inject(Submission);
  protected readonly sending = signal(false);

  /** The address whose link was not followed yet. */
  protected waiting(): string | null {
    const { email, emailVerified, pendingEmail } = this.account();
    return pendingEmail ?? (emailVerified ? null : email);
  }

  protected async change(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { newEmail: addressCheck, currentPassword: givenPasswordCheck },
      send: ({ newEmail = '', currentPassword = '' }) => this.api.update({ newEmail: newEmail.trim(), currentPassword }),
      fields: { email_taken: 'newEmail', wrong_password: 'currentPassword' },
    });
    if (!me) return;
    form.reset();
    this.identity.take(me);
    this.notifier.tell(`A link was sent to ${me.account?.pendingEmail ?? 'the new address'}. Follow it to confirm the change.`);
  }

  protected async sendAgain(): Promise<void> {
    if (this.sending()) return;
    this.sending.set(true);
    try {
      await this.api.sendVerification();
      this.notifier.tell(`Another link was sent to ${this.waiting() ?? this.account().email}; the former one no longer works.`);
    } catch (error) {
      this.notifier.tell(`No link was sent. ${accountWords(asProblem(error))}`);
    } finally {
      this.sending.set(false);
    }
  }
}
