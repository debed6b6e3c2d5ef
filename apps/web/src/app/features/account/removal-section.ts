import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { Account } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../../i18n/language';
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
      <h2>{{ t('account.deleteTheAccount') }}</h2>
      <p class="about">{{ t('account.thisCannotBeUndoneSaveYourData') }}</p>
    </div>
    <div>
      <p>{{ t('account.whatGoes') }}</p>
      <ul>
        <li>{{ t('account.yourAccountItsNameAndItsAddress') }}</li>
        <li>{{ t('account.allYourConversationsAlsoThoseThat') }}</li>
        <li>{{ t('account.repliesThatAreBeingWrittenTheyAre') }}</li>
      </ul>
      <p class="fine">{{ t('account.whatStaysTheLogOfSecurityRelevant') }}</p>
      <form #form novalidate (submit)="$event.preventDefault(); remove(form)">
        <input class="visually-hidden" type="text" autocomplete="username" readonly tabindex="-1" aria-hidden="true" [value]="account().email" />
        @if (account().hasPassword) {
          <dr-text-field [label]="t('account.password')" name="password" type="password" autocomplete="current-password" />
        }
        <dr-form-end [action]="t('account.deleteMyAccount')" [busyWords]="t('account.deletingIt')" [quiet]="true" />
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
  protected readonly t = injectTranslate();
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
        const question = { heading: this.t('account.deleteYourAccount'), message: this.t('account.itAndAllYourConversationsGoFor'), action: this.t('account.deleteIt'), otherwise: this.t('account.keepIt') };
        if (!(await this.confirm.ask(question))) return false;
        await this.api.remove(password ? { password } : {});
        return true;
      },
      fields: { wrong_password: 'password' },
    });
    if (!removed) return;
    this.identity.leave();
    await this.router.navigateByUrl('/');
    this.notifier.tell(this.t('account.yourAccountIsDeletedWithEverything'));
  }
}
