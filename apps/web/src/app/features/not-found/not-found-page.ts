import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { PageState } from '../../shared/page-state';

/** An address that leads nowhere. */
@Component({
  selector: 'dr-not-found-page',
  imports: [PageState, RouterLink],
  template: `
    <dr-page-state [heading]="t('app.notFound.heading')" [message]="t('app.notFound.message', { path })">
      <a class="button" routerLink="/">{{ t('app.seePersonas') }}</a>
      <a class="button-quiet" routerLink="/conversations">{{ t('app.yourConversations') }}</a>
    </dr-page-state>
  `,
})
export class NotFoundPage {
  protected readonly t = injectTranslate();
  protected readonly path = shortened(inject(Router).url);
}

/** The path of an address, readable and not longer than a line. */
function shortened(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  let readable = path;
  try {
    readable = decodeURIComponent(path);
  } catch {
    // Broken escapes are shown as they stand.
  }
  return readable.length > 60 ? `${readable.slice(0, 59)}…` : readable;
}
