import { Component, type ElementRef, computed, model, viewChild } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { type SchemaProblem, readSchema } from './schema-text';

/** A JSON schema as text, with what is wrong by line. */
@Component({
  selector: 'dr-schema-field',
  template: `
    <div class="field">
      <label for="schema">{{ t('modes.jsonSchema') }}</label>
      <textarea
        #field
        id="schema"
        rows="14"
        spellcheck="false"
        autocapitalize="off"
        [value]="text()"
        [attr.aria-invalid]="problems().length > 0 ? 'true' : null"
        aria-describedby="schema-hint schema-problems"
        (input)="text.set(field.value)"
      ></textarea>
      <p class="hint" id="schema-hint">{{ t('modes.schemaHint') }}</p>
      <ul id="schema-problems" role="status">
        @for (problem of problems(); track $index) {
          <li class="field-problem">
            <button type="button" class="text-button" (click)="show(problem)">{{ t('modes.line', { line: problem.line }) }}</button> {{ problem.message === null ? t('modes.noJson') : t.said(problem.wording, problem.message) }}
          </li>
        }
      </ul>
    </div>
  `,
  styles: `
    textarea {
      font-family: var(--mono);
      font-size: 0.8125rem;
      line-height: 1.5;
      white-space: pre;
      overflow-x: auto;
      tab-size: 2;
    }

    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
  `,
})
export class SchemaField {
  protected readonly t = injectTranslate();
  readonly text = model.required<string>();
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  protected readonly problems = computed(() => readSchema(this.text()).problems);

  /** Goes to the line. */
  protected show({ line, offset }: SchemaProblem): void {
    const field = this.field().nativeElement;
    const end = this.text().indexOf('\n', offset);
    field.focus();
    field.setSelectionRange(offset, end === -1 ? this.text().length : end);
    field.scrollTop = Math.max(0, (line - 4) * 19.5);
  }
}
