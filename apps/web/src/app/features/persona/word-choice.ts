import { Component, computed, input, model } from '@angular/core';

export interface WordOption<T extends string> {
  value: T;
  /** As it stands in the line, for example "an educator". */
  word: string;
  description: string;
}

let groups = 0;

/** One choice among words in a line: "as an audience, *an educator*, an interviewer". Radio buttons underneath, so arrow keys move it. */
@Component({
  selector: 'dr-word-choice',
  template: `
    <fieldset>
      <legend>{{ lead() }}</legend>
      <div class="words">
        @for (option of options(); track option.value) {
          <label [class.chosen]="option.value === value()">
            <input
              type="radio"
              class="visually-hidden"
              [name]="group"
              [value]="option.value"
              [checked]="option.value === value()"
              [attr.aria-describedby]="option.value === value() ? group + '-description' : null"
              (change)="value.set(option.value)"
            />
            <span>{{ option.word }}</span>
          </label>
        }
      </div>
      <p class="description" [id]="group + '-description'">{{ description() }}</p>
    </fieldset>
  `,
  styles: `
    fieldset {
      display: grid;
      grid-template-columns: 5rem minmax(0, 1fr);
      align-items: baseline;
      margin: 0;
      padding: 0;
      border: 0;
      min-width: 0;
    }

    legend {
      float: left;
      padding: 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }

    .words {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s1) 1.25rem;
    }

    label {
      position: relative;
      padding-block: 0.125rem;
      color: var(--ink-soft);
      font-family: var(--serif);
      font-size: var(--size-body);
      border-bottom: 2px solid transparent;
      cursor: pointer;
    }

    label:hover {
      color: var(--ink);
      border-bottom-color: var(--rule);
    }

    .chosen,
    .chosen:hover {
      color: var(--ink);
      font-style: italic;
      border-bottom-color: var(--persona-ring, var(--accent));
    }

    label:has(:focus-visible) {
      outline: 2px solid var(--focus);
      outline-offset: 3px;
      border-radius: var(--radius);
    }

    .description {
      grid-column: 2;
      min-height: 1lh;
      margin-top: 0.125rem;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }

    @media (width < 40rem) {
      fieldset {
        grid-template-columns: minmax(0, 1fr);
      }

      legend {
        margin-bottom: var(--s1);
      }

      .words {
        grid-row: 2;
      }

      .description {
        grid-column: 1;
      }
    }
  `,
})
export class WordChoice<T extends string> {
  /** The words before the choice. */
  readonly lead = input.required<string>();
  readonly options = input.required<readonly WordOption<T>[]>();
  readonly value = model<T>();

  protected readonly group = `word-choice-${(groups += 1)}`;
  protected readonly description = computed(() => this.options().find(({ value }) => value === this.value())?.description ?? '');
}
