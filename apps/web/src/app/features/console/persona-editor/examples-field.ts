import { Component, ElementRef, computed, inject } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';
import { PersonaEditing } from './persona-editing';
import { issueWords } from './profile-words';

type Example = { prompt: string; response: string };
const most = 12;

/** Questions with the answers that the persona would give. */
@Component({
  selector: 'dr-examples-field',
  imports: [Icon],
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.exampleResponses') }}</legend>
      <p class="hint">{{ t('personaEditor.examplesHint') }}</p>
      @for (example of examples(); track $index; let index = $index) {
        <div class="example">
          <div class="field">
            <label [for]="'example-prompt-' + index">{{ t('personaEditor.question', { number: index + 1 }) }}</label>
            <input #prompt [id]="'example-prompt-' + index" autocomplete="off" [value]="example.prompt" [attr.aria-invalid]="problemOf(index) ? true : null" (input)="write(index, { prompt: prompt.value })" />
          </div>
          <div class="field">
            <label [for]="'example-response-' + index">{{ t('personaEditor.answer', { number: index + 1 }) }}</label>
            <textarea #response [id]="'example-response-' + index" rows="3" [value]="example.response" [attr.aria-invalid]="problemOf(index) ? true : null" (input)="write(index, { response: response.value })"></textarea>
          </div>
          @if (problemOf(index); as problem) {
            <p class="field-problem">{{ problem }}</p>
          }
          <p class="row">
            @if (index > 0) {
              <button type="button" class="text-button" (click)="raise(index)">{{ t('personaEditor.moveUp') }}<span class="visually-hidden">{{ t('personaEditor.moveUpExample', { number: index + 1 }) }}</span></button>
            }
            <button type="button" class="text-button" (click)="remove(index)">{{ t('personaEditor.remove') }}<span class="visually-hidden">{{ t('personaEditor.removeExample', { number: index + 1 }) }}</span></button>
          </p>
        </div>
      }
      @if (examples().length < most) {
        <button type="button" class="button-quiet add" (click)="add()"><dr-icon name="add" /> {{ t('personaEditor.addAnExample') }}</button>
      }
    </fieldset>
  `,
  styles: `
    .example {
      display: grid;
      gap: var(--s2);
      margin-top: var(--s3);
      padding-left: var(--s3);
      border-left: 2px solid var(--rule);
    }

    .row {
      display: flex;
      gap: var(--s3);
    }

    .add {
      margin-top: var(--s3);
    }
  `,
})
export class ExamplesField {
  protected readonly t = injectTranslate();
  private readonly editing = inject(PersonaEditing);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly most = most;
  protected readonly examples = computed(() => this.editing.fields().exampleResponses);
  /** Examples in which nothing is written are not sent, so that the contract counts the others only. */
  private readonly numbers = computed(() => {
    let sent = 0;
    return this.examples().map(({ prompt, response }) => (prompt.trim() || response.trim() ? sent++ : null));
  });

  protected problemOf(index: number): string | null {
    const number = this.numbers()[index];
    const issue = number === null ? undefined : this.editing.issues().find(({ path }) => path.startsWith(`exampleResponses/${number}/`));
    return issue ? issueWords(this.t, issue) : null;
  }

  protected write(index: number, change: Partial<Example>): void {
    this.set(this.examples().map((example, at) => (at === index ? { ...example, ...change } : example)));
  }

  protected add(): void {
    this.set([...this.examples(), { prompt: '', response: '' }]);
    const last = this.examples().length - 1;
    setTimeout(() => this.host.querySelector<HTMLElement>(`[id="example-prompt-${last}"]`)?.focus());
  }

  protected remove(index: number): void {
    this.set(this.examples().filter((_, at) => at !== index));
    setTimeout(() => this.host.querySelector<HTMLElement>('.add')?.focus());
  }

  protected raise(index: number): void {
    const examples = [...this.examples()];
    const [moved] = examples.splice(index, 1);
    examples.splice(index - 1, 0, moved!);
    this.set(examples);
  }

  private set(exampleResponses: Example[]): void {
    this.editing.change({ exampleResponses });
  }
}
