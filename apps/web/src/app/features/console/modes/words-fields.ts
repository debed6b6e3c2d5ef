import { Component, input, model } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import type { WordsDraft } from './draft';

/** One text in the two languages of the interface. */
@Component({
  selector: 'dr-words-fields',
  template: `
    <div class="pair">
      <div class="field">
        <label [for]="name() + '-en'">{{ legend() }}</label>
        <input [id]="name() + '-en'" [attr.maxlength]="most()" autocomplete="off" [required]="required()" [value]="words().en" [placeholder]="example()" (input)="set('en', $any($event.target).value)" />
      </div>
      <div class="field">
        <label [for]="name() + '-de'">{{ t('modes.inGerman', { field: legend() }) }}</label>
        <input [id]="name() + '-de'" [attr.maxlength]="most()" autocomplete="off" lang="de" [value]="words().de" [placeholder]="t('modes.optional')" (input)="set('de', $any($event.target).value)" />
      </div>
    </div>
  `,
})
export class WordsFields {
  protected readonly t = injectTranslate();
  readonly name = input.required<string>();
  readonly legend = input.required<string>();
  readonly most = input.required<number>();
  readonly example = input('');
  readonly required = input(false);
  readonly words = model.required<WordsDraft>();

  protected set(language: keyof WordsDraft, text: string): void {
    this.words.update((words) => ({ ...words, [language]: text }));
  }
}
