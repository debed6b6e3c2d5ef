import { Component, inject, input } from '@angular/core';
import type { SharedCitation } from '@dramatis/contracts/share';
import { injectTranslate } from '../../i18n/language';
import { Printing } from './printing';

/** The sources of a reply in full, on paper: there nobody can open them. */
@Component({
  selector: 'dr-printed-sources',
  template: `
    @if (printing.active() && citations().length > 0) {
      <ol [attr.aria-label]="t('app.sources')">
        @for (citation of citations(); track citation.number) {
          <li [value]="citation.number">
            <cite>{{ citation.documentTitle }}</cite>@if (citation.headingPath.at(-1); as heading) {<span>, {{ heading }}</span>}<span>: {{ citation.text }}</span>
          </li>
        }
      </ol>
    }
  `,
  styles: `
    ol {
      margin: 0.6rem 0 0;
      padding: 0.4rem 0 0 1.6rem;
      border-top: 1px solid var(--rule);
      color: var(--ink-soft);
      font-size: 0.75rem;
      line-height: 1.35;
    }

    li + li {
      margin-top: 0.25rem;
    }
  `,
})
export class PrintedSources {
  protected readonly t = injectTranslate();
  readonly citations = input.required<readonly SharedCitation[]>();
  protected readonly printing = inject(Printing);
}
