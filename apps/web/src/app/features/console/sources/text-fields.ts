import { Component, computed, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import type { SourceDocument } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { BrowserStorage } from '../../../core/browser-storage';
import { maxDocumentCharacters } from './limits';
import { titleOf } from './source-form-data';

interface Draft {
  key: number;
  title: string;
  text: string;
  markdown: boolean;
}

/** One or more texts, typed or pasted. What was not sent is kept in this browser. */
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
  /** Names what the texts are for; until it is known nothing is kept. */
  readonly keptAs = input('');
  private readonly storage = inject(BrowserStorage);
  private keys = 1;
  protected readonly drafts = linkedSignal<readonly Draft[]>(() => this.kept());
  protected readonly max = maxDocumentCharacters;

  /** The texts that say something. */
  readonly documents = computed<SourceDocument[]>(() =>
    this.drafts()
      .filter(({ text }) => text.trim() !== '')
      .map(({ title, text, markdown }) => ({ title: titleOf(title, text), text, contentType: markdown ? 'text/markdown' : 'text/plain' })),
  );
  readonly anyTooLong = computed(() => this.drafts().some((draft) => this.tooLong(draft)));

  constructor() {
    effect(() => {
      const drafts = this.drafts();
      if (untracked(this.keptAs) === '') return;
      const key = untracked(() => this.key());
      if (drafts.some(({ title, text }) => title.trim() || text.trim())) this.storage.write(key, drafts);
      else this.storage.remove(key);
    });
  }

  /** They are sent. */
  clear(): void {
    this.drafts.set([this.blank()]);
  }

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

  private kept(): readonly Draft[] {
    const kept = this.storage.read(this.key(), isDrafts) ?? [];
    return kept.length > 0 ? kept.map((draft) => ({ ...draft, key: this.keys++ })) : [this.blank()];
  }

  private key(): string {
    return `form.${this.keptAs()}`;
  }

  private blank(): Draft {
    return { key: this.keys++, title: '', text: '', markdown: false };
  }
}

function isDrafts(value: unknown): value is Draft[] {
  return Array.isArray(value) && value.every((draft: Partial<Draft> | null) => typeof draft?.title === 'string' && typeof draft.text === 'string' && typeof draft.markdown === 'boolean');
}
