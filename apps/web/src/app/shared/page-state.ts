import { Component, input } from '@angular/core';

/** A page, or a part of one, that has nothing else to show: empty, failed, forbidden. Says what happened; the content offers what to do. */
@Component({
  selector: 'dr-page-state',
  host: { '[attr.role]': 'urgent() ? "alert" : null' },
  template: `
    <h1>{{ heading() }}</h1>
    <p>{{ message() }}</p>
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: block;
      max-width: 34rem;
      margin: clamp(3rem, 12vh, 8rem) auto;
      padding-inline: var(--s4);
      text-align: center;
    }

    h1 {
      font-size: var(--size-h2);
    }

    p {
      margin-top: var(--s3);
      color: var(--ink-soft);
      font-family: var(--serif);
      font-size: var(--size-body);
      text-wrap: pretty;
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--s3);
      margin-top: var(--s5);
    }

    .actions:empty {
      display: none;
    }
  `,
})
export class PageState {
  readonly heading = input.required<string>();
  readonly message = input.required<string>();
  /** Whether it interrupts what the reader was doing, so that screen readers announce it. */
  readonly urgent = input(false);
}
