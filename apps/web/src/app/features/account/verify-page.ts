import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { type Problem, asProblem } from '../../core/problem';
import { AccountApi } from './account-api';
import { accountWords } from './account-words';
import { MailedToken } from './mailed-token';

/** Where the mail about an address leads: confirms it at once. */
@Component({
  selector: 'dr-verify-page',
  imports: [RouterLink],
  providers: [MailedToken],
  template: `
    <h1 #heading tabindex="-1">{{ state() === 'done' ? t('account.yourAddressIsConfirmed') : t('account.confirmYourAddress') }}</h1>
    <div role="status">
      @switch (state()) {
        @case ('asking') {
          <p class="lead">{{ t('account.oneMomentTheLinkIsBeingLooked') }}</p>
        }
        @case ('done') {
          <p class="lead">{{ t('account.aNewPasswordCanBeSentThere') }}</p>
        }
        @case ('cut') {
          <p class="lead">{{ t('account.thisAddressIsNotWholeItHas') }}</p>
        }
        @case ('failed') {
          <p class="lead">{{ words() }}</p>
        }
      }
    </div>
    <p class="choices">
      @if (state() === 'failed' && problem()?.passing) {
        <button type="button" class="button" (click)="tryAgain()">{{ t('app.tryAgain') }}</button>
      } @else if (state() === 'failed' || state() === 'cut') {
        <a class="button" routerLink="/account">{{ t('account.haveAnotherLinkSentInYourAccount') }}</a>
      } @else if (state() === 'done') {
        <a class="button" routerLink="/">{{ t('app.seePersonas') }}</a>
        <a class="button-quiet" routerLink="/account">{{ t('account.yourAccount') }}</a>
      }
    </p>
  `,
  styleUrl: './entrance.css',
})
export class VerifyPage {
  protected readonly t = injectTranslate();
  private readonly api = inject(AccountApi);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  private readonly identity = inject(Identity);
  private readonly token = inject(MailedToken);
  protected readonly state = signal<'asking' | 'done' | 'cut' | 'failed'>('asking');
  protected readonly problem = signal<Problem | null>(null);

  constructor() {
    void this.confirm();
  }

  protected words(): string {
    const problem = this.problem();
    return problem === null ? '' : accountWords(this.t, problem);
  }

  protected async tryAgain(): Promise<void> {
    // The button goes while one waits.
    this.heading().nativeElement.focus();
    await this.confirm();
  }

  protected async confirm(): Promise<void> {
    const token = this.token.value;
    if (token === null) {
      this.state.set('cut');
      return;
    }
    this.state.set('asking');
    try {
      await this.api.verifyEmail(token);
      this.token.forget();
      this.state.set('done');
      await this.identity.refresh();
    } catch (error) {
      this.problem.set(asProblem(error));
      this.state.set('failed');
    }
  }
}
