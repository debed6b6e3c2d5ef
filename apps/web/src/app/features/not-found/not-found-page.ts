import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PageState } from '../../shared/page-state';

@Component({
  selector: 'dr-not-found-page',
  imports: [PageState, RouterLink],
  template: `
    <dr-page-state heading="Nobody enters here" message="There is no page at this address. It may have moved, or the link may be cut short.">
      <a class="button" routerLink="/">See the personas</a>
      <a class="button-quiet" routerLink="/conversations">Your conversations</a>
    </dr-page-state>
  `,
})
export class NotFoundPage {}
