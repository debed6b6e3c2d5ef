import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';

/** "51–100 of 1,240" with links to the pages beside it. The page stands in the address as `page`, from 1. */
@Component({
  selector: 'dr-pager',
  imports: [Icon, RouterLink],
  template: `
    @if (total() > 0) {
      <nav [attr.aria-label]="t('console.pages')">
        <p role="status">{{ words() }}</p>
        @if (total() > pageSize()) {
          @if (page() > 1) {
            <a class="round" rel="prev" [attr.aria-label]="t('console.previousPage')" [routerLink]="[]" [queryParams]="{ page: page() > 2 ? page() - 1 : null }" queryParamsHandling="merge"><dr-icon name="previous" /></a>
          } @else {
            <span class="round off" aria-hidden="true"><dr-icon name="previous" /></span>
          }
          @if (last() < total()) {
            <a class="round" rel="next" [attr.aria-label]="t('console.nextPage')" [routerLink]="[]" [queryParams]="{ page: page() + 1 }" queryParamsHandling="merge"><dr-icon name="next" /></a>
          } @else {
            <span class="round off" aria-hidden="true"><dr-icon name="next" /></span>
          }
        }
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      align-items: center;
      gap: var(--s1);
      min-height: 2.25rem;
      margin-top: var(--s2);
      color: var(--ink-soft);
      font-size: var(--size-small);
      font-variant-numeric: tabular-nums;
    }

    p {
      margin-right: var(--s3);
    }

    .off {
      opacity: 0.4;
    }
  `,
})
export class Pager {
  protected readonly t = injectTranslate();
  readonly page = input.required<number>();
  readonly pageSize = input.required<number>();
  readonly total = input.required<number>();
  protected readonly last = computed(() => Math.min(this.total(), this.page() * this.pageSize()));
  protected readonly words = computed(() => {
    const first = (this.page() - 1) * this.pageSize() + 1;
    const total = this.total();
    if (first > total) return this.t('console.inAllNoneOnThisPage', { total });
    return first === 1 && this.last() === total ? this.t('console.inAll', { total }) : this.t('console.of', { first, last: this.last(), total });
  });
}

/** The page that an address names, from 1; 1 for anything that names none. */
export function pageOf(parameter: string | undefined): number {
  const page = Number(parameter);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
