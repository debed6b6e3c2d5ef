import { Component, computed, inject, input, resource } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { returnAddress } from '../../core/return-address';
import { AccountApi } from './account-api';

/** Ways to sign in with an account that one has elsewhere; nothing where there are none. */
@Component({
  selector: 'dr-provider-buttons',
  template: `
    @if (choices().length > 0) {
      <p class="or" role="separator"><span>{{ t('account.or') }}</span></p>
      <ul>
        @for (choice of choices(); track choice.provider) {
          <!-- Leads away from this page, by way of the server. -->
          <li><a class="button-quiet" [href]="choice.address">{{ t('account.goOnWith', { label: choice.label }) }}</a></li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: block;
    }

    .or {
      display: flex;
      align-items: center;
      gap: var(--s3);
      margin-block: var(--s5) var(--s4);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }

    .or::before,
    .or::after {
      content: '';
      flex: 1;
      border-top: 1px solid var(--rule);
    }

    ul {
      display: grid;
      gap: var(--s2);
      margin: 0;
      padding: 0;
      list-style: none;
    }

    a {
      display: flex;
      justify-content: center;
      width: 100%;
      text-align: center;
      overflow-wrap: anywhere;
    }
  `,
})
export class ProviderButtons {
  protected readonly t = injectTranslate();
  /** Where to be afterwards, as the page was asked. */
  readonly returnUrl = input<string>();

  private readonly api = inject(AccountApi);
  // Whoever cannot be told of providers signs in with a password.
  private readonly providers = resource({ loader: ({ abortSignal }) => this.api.providers(abortSignal).catch(() => []) });
  protected readonly choices = computed(() => {
    const query = new URLSearchParams({ returnTo: returnAddress(this.returnUrl()) });
    return (this.providers.hasValue() ? this.providers.value() : []).map(({ provider, label, loginPath }) => ({ provider, label, address: `${loginPath}?${query}` }));
  });
}
