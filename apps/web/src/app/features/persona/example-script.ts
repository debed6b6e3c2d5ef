import { Component, computed, input, linkedSignal } from '@angular/core';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';

type Example = PersonaProfile['exampleResponses'][number];

/** Examples of how a persona speaks, one at a time, set as a script: the name before each speech. */
@Component({
  selector: 'dr-example-script',
  template: `
    @if (example(); as shown) {
      <div class="script" aria-live="polite">
        <p class="name small-caps">{{ t('persona.you') }}</p>
        <p class="line">{{ shown.prompt }}</p>
        <p class="name speaker small-caps">{{ name() }}.</p>
        <p class="speech">{{ shown.response }}</p>
      </div>
      @if (examples().length > 1) {
        <p class="turn-page">
          <button type="button" class="text-button" (click)="next()">{{ t('persona.anotherExchange') }}</button>
          <span>{{ t('persona.of', { index: index() + 1, count: examples().length }) }}</span>
        </p>
      }
    }
  `,
  styles: `
    .script {
      display: grid;
      grid-template-columns: minmax(5rem, 9.5rem) minmax(0, 1fr);
      gap: var(--s4) var(--s5);
      font-family: var(--serif);
      font-size: var(--size-body);
    }

    .name {
      padding-top: 0.25em;
      color: var(--ink-soft);
      font-size: 1.0625rem;
      text-align: right;
    }

    .speaker {
      color: var(--persona-ink);
    }

    .line {
      font-style: italic;
    }

    .speech {
      max-width: 60ch;
      hanging-punctuation: first;
      text-wrap: pretty;
    }

    .turn-page {
      display: flex;
      gap: var(--s4);
      margin-top: var(--s4);
      padding-left: calc(min(9.5rem, 30%) + var(--s5));
      color: var(--ink-soft);
      font-size: var(--size-small);
    }

    @media (width < 40rem) {
      .script {
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s1);
      }

      .name {
        text-align: left;
      }

      .speaker {
        margin-top: var(--s4);
      }

      .turn-page {
        padding-left: 0;
      }
    }
  `,
})
export class ExampleScript {
  protected readonly t = injectTranslate();
  readonly name = input.required<string>();
  readonly examples = input.required<readonly Example[]>();

  protected readonly index = linkedSignal({ source: this.name, computation: () => 0 });
  protected readonly example = computed(() => this.examples()[this.index()]);

  protected next(): void {
    this.index.update((index) => (index + 1) % this.examples().length);
  }
}
