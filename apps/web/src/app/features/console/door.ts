import { Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Operator } from '../../core/operator';
import { returnAddress } from '../../core/return-address';
import { TokenForm } from './token-form';

/** What stands in place of the console for those who may not see it, and the ways in. */
@Component({
  selector: 'dr-door',
  imports: [RouterLink, TokenForm],
  template: `
    <h1>{{ t('console.theCuratorsConsole') }}</h1>
    @if (operator.wasRefused()) {
      <p class="lead" role="status">{{ t('console.theServerNoLongerAcceptsYourToken') }}</p>
    } @else if (account(); as account) {
      <p class="lead">{{ t('console.thisIsNotYoursToSeeThe', { displayName: account.displayName }) }}</p>
    } @else {
      <p class="lead">{{ t('console.hereSourcesBecomeWhatAPersonaKnows') }}</p>
    }
    <p class="choices">
      @if (account()) {
        <a class="button" routerLink="/">{{ t('app.seePersonas') }}</a>
      } @else {
        <a class="button" routerLink="/account/sign-in" [queryParams]="{ returnUrl: here }">{{ t('app.signIn') }}</a>
      }
    </p>
    <details [open]="operator.wasRefused()">
      <summary>{{ t('console.withTheOperatorToken') }}</summary>
      <dr-token-form />
    </details>
  `,
  styles: `
    :host {
      display: block;
      max-width: 30rem;
      margin: clamp(2rem, 10vh, 7rem) auto;
    }

    h1 {
      font-size: var(--size-h2);
    }

    .lead {
      margin-top: var(--s3);
      color: var(--ink-soft);
      font-family: var(--serif);
      font-size: var(--size-body);
      font-style: normal;
      text-wrap: pretty;
    }

    .choices {
      margin-top: var(--s5);
    }

    details {
      margin-top: var(--s5);
      padding-top: var(--s4);
      border-top: 1px solid var(--rule);
    }

    summary {
      width: fit-content;
      cursor: pointer;
    }
  `,
})
export class Door {
  protected readonly t = injectTranslate();
  protected readonly operator = inject(Operator);
  private readonly identity = inject(Identity);
  protected readonly account = computed(() => this.identity.account());
  protected readonly here = returnAddress(inject(Router).url);
}
