import { Component, computed, input } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';

/** The shape of a table that is on its way. */
@Component({
  selector: 'dr-table-skeleton',
  template: `
    <div aria-hidden="true">
      @for (width of widths(); track $index) {
        <div class="line"><span class="skeleton" [style.width.%]="width"></span><span class="skeleton figure"></span></div>
      }
    </div>
    <p class="visually-hidden" role="status">{{ t('console.fetchingTheList') }}</p>
  `,
  styles: `
    .line {
      display: flex;
      justify-content: space-between;
      align-items: center;
      height: 2.25rem;
      border-bottom: 1px solid var(--rule);
    }

    .line .skeleton {
      height: 0.8em;
      margin: 0;
    }

    .line .figure {
      width: 4rem;
    }

    :host {
      display: block;
      margin-top: var(--s5);
    }
  `,
})
export class TableSkeleton {
  protected readonly t = injectTranslate();
  readonly rows = input(6);
  protected readonly widths = computed(() => Array.from({ length: this.rows() }, (_, row) => 24 + ((row * 13) % 22)));
}
