import { Component, input } from '@angular/core';
import type { CorpusComparison } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { count } from '../parts/figures';

/** Documents and passages that came, went, changed and stayed. */
@Component({
  selector: 'dr-comparison-totals',
  template: `
    <table>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">{{ t('versions.what') }}</span></th>
          <th scope="col" class="number">{{ t('console.added') }}</th>
          <th scope="col" class="number">{{ t('console.removed') }}</th>
          <th scope="col" class="number">{{ t('console.changedWord') }}</th>
          <th scope="col" class="number">{{ t('versions.asBeforeColumn') }}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{{ t('console.documents') }}</th>
          <td class="number">{{ count(t, comparison().documents.added) }}</td>
          <td class="number">{{ count(t, comparison().documents.removed) }}</td>
          <td class="number">{{ count(t, comparison().documents.changed) }}</td>
          <td class="number">{{ count(t, comparison().documents.unchanged) }}</td>
        </tr>
        <tr>
          <th scope="row">{{ t('console.passages') }}</th>
          <td class="number">{{ count(t, comparison().passages.added) }}</td>
          <td class="number">{{ count(t, comparison().passages.removed) }}</td>
          <td class="number soft">–</td>
          <td class="number">{{ count(t, comparison().passages.unchanged) }}</td>
        </tr>
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      max-width: 34rem;
    }

    @media (width < 40rem) {
      :is(th, td).number {
        padding-right: var(--s2);
      }

      tbody th {
        min-width: 0;
      }
    }
  `,
})
export class ComparisonTotals {
  protected readonly t = injectTranslate();
  readonly comparison = input.required<CorpusComparison>();
  protected readonly count = count;
}
