import { Component, inject } from '@angular/core';
import { injectTranslate } from '../../i18n/language';
import { Installation } from '../core/installation';

/** Says in one line that replies are made without a language model, and on request what that means. Nothing where one is configured. */
@Component({
  selector: 'dr-model-notice',
  template: `
    @if (installation.withoutLanguageModel()) {
      <details>
        <summary>{{ t('app.noLanguageModel') }}</summary>
        <p>{{ t('app.noLanguageModelMeans') }}</p>
      </details>
    }
  `,
  styles: `
    details {
      padding: 0.125rem clamp(1rem, 3vw, 2.5rem);
      border-block: 1px solid var(--rule);
      color: var(--ink-soft);
      font-family: var(--serif);
      font-size: var(--size-small);
      font-style: italic;
      text-align: center;
    }

    summary {
      width: fit-content;
      margin-inline: auto;
      padding-block: 0.125rem;
      cursor: pointer;
    }

    summary:hover {
      color: var(--ink);
    }

    p {
      max-width: 44rem;
      margin-inline: auto;
      padding-bottom: var(--s2);
      text-wrap: balance;
    }
  `,
})
export class ModelNotice {
  protected readonly t = injectTranslate();
  protected readonly installation = inject(Installation);
}
