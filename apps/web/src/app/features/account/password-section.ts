import { Component, inject, input } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../../i18n/language';
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
      <h2>{{ t('account.password') }}</h2>
      <p class="about">{{ t('account.aNewOneEndsYourSessionsEverywhere') }}</p>
    </div>
    <form #form novalidate (submit)="$event.preventDefault(); change(form)">
      <!-- Tells password managers whose password changes. -->
      <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" [value]="account().email" />
      <dr-text-field [label]="t('account.currentPassword')" name="currentPassword" type="password" autocomplete="current-password" />
      <dr-text-field [label]="t('account.newPassword')" name="newPassword" type="password" autocomplete="new-password" [hint]="t('account.atLeast10CharactersAFewWords')" />
      <dr-form-end [action]="t('account.changeThePassword')" [busyWords]="t('account.changingIt')" [quiet]="true" />
    </form>
  `,
  styleUrl: './section.css',
})
export class PasswordSection {
  protected readonly t = injectTranslate();
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
    this.notifier.tell(this.t('account.yourPasswordIsChangedAndYourOther'));
  }
}
