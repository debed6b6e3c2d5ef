import { Component, computed, inject, input, output } from '@angular/core';
import type { FormatId } from '@dramatis/contracts/format';
import { injectTranslate } from '../../../../i18n/language';
import { Manners } from '../../../shared/manners';
import { responseFormatOrder } from '../../../shared/words';

/** Which formats a persona answers in. */
@Component({
  selector: 'dr-format-chooser',
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.supportedResponseFormats') }}</legend>
      @for (format of formats(); track format) {
        @let words = manners.format(format);
        <label class="check"><input type="checkbox" [checked]="chosen().includes(format)" (change)="toggle(format)" /> <span>{{ words.title }} <span class="soft">{{ words.description }}</span></span></label>
      }
    </fieldset>
  `,
  styles: `
    /* A finger needs more room than the box. */
    .check {
      min-height: 1.875rem;
      align-items: center;
    }
  `,
})
export class FormatChooser {
  protected readonly t = injectTranslate();
  readonly chosen = input.required<readonly FormatId[]>();
  readonly changed = output<FormatId[]>();

  protected readonly manners = inject(Manners);
  /** Those that can be chosen, and those that were, though they were archived since. */
  protected readonly formats = computed(() => [...new Set([...responseFormatOrder, ...this.manners.customFormats(), ...this.chosen()])]);

  protected toggle(format: FormatId): void {
    const chosen = this.chosen();
    const isChosen = (other: FormatId): boolean => (other === format ? !chosen.includes(format) : chosen.includes(other));
    this.changed.emit(this.formats().filter(isChosen));
  }
}
