import { Component, output } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';

/** Says that a form holds what was typed earlier and not saved, and lets it go. */
@Component({
  selector: 'dr-brought-back',
  template: `
    <p class="trouble" role="status">
      <span>{{ t('console.broughtBack') }}</span>
      <button type="button" class="text-button" (click)="reverted.emit()">{{ t('console.letItGo') }}</button>
    </p>
  `,
})
export class BroughtBack {
  protected readonly t = injectTranslate();
  readonly reverted = output();
}
