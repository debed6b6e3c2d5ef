import { Component, input, output } from '@angular/core';
import type { ResponseFormat } from '@dramatis/contracts/format';
import { injectTranslate } from '../../../../i18n/language';
import { formatWords, responseFormatOrder } from '../../../shared/words';

/** Which formats a persona answers in. */
@Component({
  selector: 'dr-format-chooser',
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.supportedResponseFormats') }}</legend>
      @for (format of formats; track format) {
        <label class="check"><input type="checkbox" [checked]="chosen().includes(format)" (change)="toggle(format)" /> <span>{{ words(t, format).title }} <span class="soft">{{ words(t, format).description }}</span></span></label>
      }
    </fieldset>
  `,
})
export class FormatChooser {
  protected readonly t = injectTranslate();
  readonly chosen = input.required<readonly ResponseFormat[]>();
  readonly changed = output<ResponseFormat[]>();

  protected readonly formats = responseFormatOrder;
  protected readonly words = formatWords;

  protected toggle(format: ResponseFormat): void {
    const chosen = this.chosen();
    const isChosen = (other: ResponseFormat): boolean => (other === format ? !chosen.includes(format) : chosen.includes(other));
    this.changed.emit(responseFormatOrder.filter(isChosen));
  }
}
