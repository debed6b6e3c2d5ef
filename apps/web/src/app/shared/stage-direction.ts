import { Component, input } from '@angular/core';

/** What stands in place of a list: one line as a stage direction, then plain words. The content offers what to do. */
@Component({
  selector: 'dr-stage-direction',
  template: `
    <p class="direction">{{ direction() }}</p>
    <p>{{ message() }}</p>
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: block;
      max-width: 36rem;
      padding-block: var(--s6) var(--s8);
      color: var(--ink-soft);
      font-size: var(--size-body);
      text-wrap: pretty;
    }

    .direction {
      margin-bottom: var(--s2);
      color: var(--ink);
      font-family: var(--serif);
      font-size: var(--size-h2);
      font-style: italic;
      line-height: var(--leading-tight);
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s3);
      margin-top: var(--s5);
    }

    .actions:empty {
      display: none;
    }
  `,
})
export class StageDirection {
  readonly direction = input.required<string>();
  readonly message = input.required<string>();
}
