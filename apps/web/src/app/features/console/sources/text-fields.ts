import { Component, computed, signal } from '@angular/core';
import type { SourceDocument } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { maxDocumentCharacters } from './limits';
import { titleOf } from './source-form-data';

interface Draft {
  key: number;
  title: string;
  text: string;
  markdown: boolean;
}

/** One or more texts, typed or pasted. */
@Component({
  selector: 'dr-text-fields',
  template: `
    @for (draft of drafts(); track draft.key; let index = $index) {
      <fieldset class="draft">
        @if (drafts().length > 1) {
          <legend>{{ t('sources.text', { index: index + 1 }) }}</legend>
        }
        <div class="field">
          <label [attr.for]="'text-title-' + draft.key">{{ t('console.title') }}</label>
          <input #title [id]="'text-title-' + draft.key" maxlength="300" autocomplete="off" [value]="draft.title" [placeholder]="suggested(draft) || t('sources.itsFirstWordsIfYouGiveNone')" (input)="patch(draft.key, { title: title.value })" />
        </div>
        <div class="field">
          <label [attr.for]="'text-body-' + draft.key">{{ t('console.text') }}</label>
          <textarea #body rows="10" [id]="'text-body-' + draft.key" [value]="draft.text" [attr.aria-invalid]="tooLong(draft)" [attr.aria-describedby]="'text-length-' + draft.key" (input)="patch(draft.key, { text: body.value })"></textarea>
          <p class="hint number" [class.bad]="tooLong(draft)" [id]="'text-length-' + draft.key">
            {{ t('sources.charactersOf', { count: draft.text.length, max }) }}{{ tooLong(draft) ? t('sources.putTheRestElsewhere') : '' }}
          </p>
        </div>
        <div class="foot">
          <label class="check"><input #markdown type="checkbox" [checked]="draft.markdown" (change)="patch(draft.key, { markdown: markdown.checked })" /> {{ t('sources.itIsMarkdownWithHeadings') }}</label>
          @if (drafts().length > 1) {
            <button type="button" class="text-button" (click)="remove(draft.key)">{{ t('sources.takeThisTextAway') }}</button>
          }
        </div>
      </fieldset>
    }
    <button type="button" class="text-button" (click)="add()">{{ t('sources.addAnotherText') }}</button>
  `,
  styles: `
    :host {
      display: block;
    }

    .draft {
      display: grid;
      gap: var(--s3);
      margin-bottom: var(--s4);
    }

    .foot {
      display: flex;
      justify-content: space-between;
      gap: var(--s3);
    }
  `,
})
export class TextFields {
  protected readonly t = injectTranslate();
  private keys = 1;
  protected readonly drafts = signal<readonly Draft[]>([this.blank()]);
  protected readonly max = maxDocumentCharacters;

  /** The texts that say something. */
  readonly documents = computed<SourceDocument[]>(() =>
    this.drafts()
      .filter(({ text }) => text.trim() !== '')
      .map(({ title, text, markdown }) => ({ title: titleOf(title, text), text, contentType: markdown ? 'text/markdown' : 'text/plain' })),
  );
  readonly anyTooLong = computed(() => this.drafts().some((draft) => this.tooLong(draft)));

  protected suggested({ text }: Draft): string {
    return titleOf('', text.slice(0, 2_000));
  }

  protected tooLong({ text }: Draft): boolean {
    return text.length > maxDocumentCharacters;
  }

  protected add(): void {
    this.drafts.update((drafts) => [...drafts, this.blank()]);
  }

  protected remove(key: number): void {
    this.drafts.update((drafts) => drafts.filter((draft) => draft.key !== key));
  }

  protected patch(key: number, change: Partial<Draft>): void {
    this.drafts.update((drafts) => drafts.map((draft) => (draft.key === key ? { ...draft, ...change } : draft)));
  }

  private blank(): Draft {
    return { key: this.keys++, title: '', text: '', markdown: false };
  }
}
