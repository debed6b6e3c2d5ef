import { Component } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';

/** The shape of a conversation that is being fetched. */
@Component({
  selector: 'dr-conversation-skeleton',
  host: { role: 'status' },
  template: `
    <span class="visually-hidden">{{ t('conversation.fetchingTheConversation') }}</span>
    <div class="row head" aria-hidden="true">
      <span class="skeleton portrait"></span>
      <div>
        <span class="skeleton title"></span>
        <span class="skeleton line tagline"></span>
      </div>
    </div>
    @for (speech of speeches; track $index) {
      <div class="row" aria-hidden="true">
        <span class="skeleton name"></span>
        <div>
          @for (width of speech; track $index) {
            <span class="skeleton line" [style.width.%]="width"></span>
          }
        </div>
      </div>
    }
  `,
  styles: `
    .row {
      display: grid;
      grid-template-columns: var(--columns);
      column-gap: var(--column-gap);
      margin-bottom: var(--s6);
    }

    .portrait {
      justify-self: end;
      width: 6rem;
      aspect-ratio: 1;
      border-radius: 50%;
    }

    .title {
      width: 40%;
      height: 2.5rem;
    }

    .tagline {
      width: 26%;
    }

    .name {
      justify-self: end;
      width: 5rem;
      height: 1rem;
      margin-top: 0.3rem;
    }

    .line {
      height: 1rem;
      margin-top: 0.3rem;
      margin-bottom: 0.75rem;
    }

    @container conversation (width < 48rem) {
      .portrait,
      .name {
        justify-self: start;
      }
    }
  `,
})
export class ConversationSkeleton {
  protected readonly t = injectTranslate();
  protected readonly speeches = [[54], [96, 100, 92, 98, 61], [38], [100, 94, 97, 45]];
}
