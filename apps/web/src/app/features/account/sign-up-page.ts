import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Registration } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Installation } from '../../core/installation';
import { AccountApi } from './account-api';
import { Arrival } from './arrival';
import { addressCheck, newPasswordCheck } from './field-checks';
import { FormEnd } from './form-end';
import { ProviderButtons } from './provider-buttons';
import { Submission } from './submission';
import { TextField } from './text-field';

/** Makes an account, signs in to it, and leads back. */
@Component({
  selector: 'dr-sign-up-page',
  imports: [FormEnd, ProviderButtons, RouterLink, TextField],
  providers: [Submission],
  template: `
    <h1>{{ t('account.makeAnAccount') }}</h1>
    @if (installation.info()?.firstAccountIsAdmin) {
      <p class="lead">{{ t('account.nobodyAdministersThisInstallation') }}</p>
    }
    @if (identity.me()?.guest) {
      <p class="lead">{{ t('account.yourConversationsAsAGuestStayAnd') }}</p>
    } @else {
      <p class="lead">{{ t('account.withAnAccountYouFindYour') }}</p>
    }
    <form #form novalidate (submit)="$event.preventDefault(); signUp(form)">
      <dr-text-field [label]="t('account.eMailAddress')" name="email" type="email" autocomplete="username" [hint]="t('account.youSignInWithItALink')" [longest]="254" />
      <dr-text-field [label]="t('account.nameOptional')" name="displayName" autocomplete="name" [hint]="t('account.asYouLikeToBeCalledOnly')" [longest]="80" [needed]="false" />
      <dr-text-field [label]="t('account.password')" name="password" type="password" autocomplete="new-password" [hint]="t('account.atLeast10CharactersAFewWords')" />
      <dr-form-end [action]="t('account.makeTheAccount')" [busyWords]="t('account.makingIt')" />
    </form>
    <dr-provider-buttons [returnUrl]="returnUrl()" />
    <p class="beside">{{ t('account.youHaveOne') }} <a routerLink="/account/sign-in" queryParamsHandling="preserve">{{ t('app.signIn') }}</a></p>
  `,
  styleUrl: './entrance.css',
})
export class SignUpPage {
  protected readonly t = injectTranslate();
  /** Query parameter of the address. */
  readonly returnUrl = input<string>();

  private readonly api = inject(AccountApi);
  private readonly arrival = inject(Arrival);
  private readonly submission = inject(Submission);
  protected readonly identity = inject(Identity);
  protected readonly installation = inject(Installation);

  constructor() {
    // Somebody may have become a guest since the page was loaded.
    void this.identity.refresh();
  }

  protected async signUp(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { email: addressCheck, password: newPasswordCheck },
      send: (values) => this.api.signUp(registrationOf(values)),
      fields: { email_taken: 'email', password_too_weak: 'password' },
    });
    if (!me?.account) return;
    const role = me.account.role === 'admin' ? this.t('account.youAreTheFirstHereSoYou') : this.t('account.yourAccountIsMade');
    await this.arrival.enter(me, this.returnUrl(), this.t('account.aLinkThatConfirmsYourAddressWas', { role, email: me.account.email }));
  }
}

function registrationOf({ email = '', displayName = '', password = '' }: Record<string, string>): Registration {
  const name = displayName.trim();
  return { email: email.trim(), password, ...(name !== '' && { displayName: name }) };
}
