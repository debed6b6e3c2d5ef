import { Component, inject, input } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { AccountApi } from './account-api';
import { nameCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** How one is called. */
@Component({
  selector: 'dr-profile-section',
  imports: [FormEnd, TextField],
  providers: [Submission],
  template: `
    <div>
      <h2>{{ t('account.name') }}</h2>
      <p class="about">{{ t('account.asYouLikeToBeCalledOnly') }}</p>
    </div>
    <form #form novalidate (submit)="$event.preventDefault(); save(form)">
      <dr-text-field [label]="t('account.name')" name="displayName" autocomplete="name" [longest]="80" [value]="account().displayName" />
      <dr-form-end [action]="t('account.saveTheName')" [busyWords]="t('account.saving')" [quiet]="true" />
    </form>
  `,
  styleUrl: './section.css',
})
export class ProfileSection {
  protected readonly t = injectTranslate();
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly identity = inject(Identity);
  private readonly notifier = inject(Notifier);
  private readonly submission = inject(Submission);

  protected async save(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { displayName: nameCheck },
      send: ({ displayName = '' }) => this.api.update({ displayName: displayName.trim() }),
    });
    if (!me) return;
    this.identity.take(me);
    this.notifier.tell(this.t('account.yourNameIsSaved'));
  }
}
