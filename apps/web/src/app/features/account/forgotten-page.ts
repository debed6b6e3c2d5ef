import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
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
    <h1 #heading tabindex="-1">{{ t('account.aNewPassword') }}</h1>
    <div role="status">
      @if (sentTo(); as address) {
        <p class="lead">{{ t('account.ifThereIsAnAccountWithThe', { address }) }}</p>
      }
    </div>
    @if (sentTo() === null) {
      <p class="lead">{{ t('account.typeTheAddressOfYourAccountAnd') }}</p>
      <form #form novalidate (submit)="$event.preventDefault(); send(form)">
        <dr-text-field [label]="t('account.eMailAddress')" name="email" type="email" autocomplete="username" [longest]="254" />
        <dr-form-end [action]="t('account.sendTheLink')" [busyWords]="t('account.sendingIt')" />
      </form>
    }
    <p class="beside"><a routerLink="/account/sign-in">{{ t('account.backToSigningIn') }}</a></p>
  `,
  styleUrl: './entrance.css',
})
export class ForgottenPage {
  protected readonly t = injectTranslate();
  private readonly api = inject(AccountApi);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
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
    if (!address) return;
    this.sentTo.set(address);
    // The form goes, and the button with it.
    this.heading().nativeElement.focus();
  }
}
