import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { PageState } from '../../shared/page-state';

/** An address that leads nowhere. */
@Component({
  selector: 'dr-not-found-page',
  imports: [PageState, RouterLink],
  template: `
    <dr-page-state heading="Nobody enters here" [message]="message">
      <a class="button" routerLink="/">See the personas</a>
      <a class="button-quiet" routerLink="/conversations">Your conversations</a>
    </dr-page-state>
  `,
})
export class NotFoundPage {
  protected readonly message = `There is no page at ${shortened(inject(Router).url)}. It may have moved, or the link may be cut short.`;
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
