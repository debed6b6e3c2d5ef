import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
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
    <h1 #heading tabindex="-1">{{ t('account.chooseANewPassword') }}</h1>
    <div role="status">
      @if (done()) {
        <p class="lead">{{ t('account.yourPasswordIsChangedAndEvery') }}</p>
      }
    </div>
    @if (done()) {
      <p class="choices"><a class="button" routerLink="/account/sign-in">{{ t('app.signIn') }}</a></p>
    } @else if (token.value === null || submission.problem()?.code === 'link_invalid') {
      <p class="lead" role="alert">{{ token.value === null ? t('account.thisAddressIsNotWholeItHas') : t('account.thisLinkWasUsedAlreadyHasExpired') }}</p>
      <p class="choices"><a class="button" routerLink="/account/forgotten">{{ t('account.haveAnotherLinkSent') }}</a></p>
    } @else {
      <p class="lead">{{ t('account.everywhereElseYouAreSignedInYour') }}</p>
      <form #form novalidate (submit)="$event.preventDefault(); choose(form)">
        <dr-text-field [label]="t('account.newPassword')" name="password" type="password" autocomplete="new-password" [hint]="t('account.atLeast10CharactersAFewWords')" />
        <dr-form-end [action]="t('account.changeThePassword')" [busyWords]="t('account.changingIt')" />
      </form>
    }
  `,
  styleUrl: './entrance.css',
})
export class ResetPage {
  protected readonly t = injectTranslate();
  private readonly api = inject(AccountApi);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
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
    // The form goes, and the button with it.
    this.heading().nativeElement.focus();
    // Where one was signed in here, that session has ended too.
    if (this.identity.account() !== null) this.identity.leave();
  }
}
