import { Component } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';

/** Takes along all that is one's own. */
@Component({
  selector: 'dr-data-section',
  template: `
    <div>
      <h2>{{ t('account.yourData') }}</h2>
      <p class="about">{{ t('account.everythingThatThisInstallation') }}</p>
    </div>
    <!-- The server writes it as it is saved: however long it is, it is never in memory as a whole. -->
    <p><a class="button-quiet" href="/api/auth/me/export" download="dramatis-export.json">{{ t('account.saveYourData') }}</a></p>
  `,
  styleUrl: './section.css',
})
export class DataSection {
  protected readonly t = injectTranslate();
}
