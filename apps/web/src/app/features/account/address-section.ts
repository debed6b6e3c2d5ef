import { Component, inject, input, signal } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../../i18n/language';
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
      <h2>{{ t('account.eMailAddress') }}</h2>
      <p class="about">{{ t('account.youSignInWithItAndA') }}</p>
    </div>
    <div>
      <p class="address">
        {{ account().email }}
        @if (account().emailVerified) {
          <span class="fine"><dr-icon name="check" /> {{ t('account.confirmed') }}</span>
        }
      </p>
      @if (waiting(); as address) {
        <p class="said">
          <span>
            {{ account().pendingEmail ? t('account.takesItsPlace', { address }) : t('account.notConfirmedYet') }}
            <button type="button" class="text-button" [attr.aria-disabled]="sending() ? 'true' : null" (click)="sendAgain()">{{ t('account.sendItAgain') }}</button>
          </span>
        </p>
      }
      @if (account().hasPassword) {
        <form #form novalidate (submit)="$event.preventDefault(); change(form)">
          <dr-text-field [label]="t('account.newAddress')" name="newEmail" type="email" autocomplete="email" [longest]="254" />
          <dr-text-field [label]="t('account.currentPassword')" name="currentPassword" type="password" autocomplete="current-password" />
          <dr-form-end [action]="t('account.changeTheAddress')" [busyWords]="t('account.sendingTheLink')" [quiet]="true" />
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
  protected readonly t = injectTranslate();
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
    this.notifier.tell(this.t('account.linkSentToNew', { address: me.account?.pendingEmail ?? '' }));
  }

  protected async sendAgain(): Promise<void> {
    if (this.sending()) return;
    this.sending.set(true);
    try {
      await this.api.sendVerification();
      this.notifier.tell(this.t('account.anotherLinkWasSentToTheFormer', { address: this.waiting() ?? this.account().email }));
    } catch (error) {
      this.notifier.tell(this.t('account.noLinkWasSent', { problem: accountWords(this.t, asProblem(error)) }));
    } finally {
      this.sending.set(false);
    }
  }
}
