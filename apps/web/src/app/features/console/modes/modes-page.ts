import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomFormat } from '@dramatis/contracts/custom-format';
import type { CustomMode } from '@dramatis/contracts/custom-mode';
import { injectTranslate } from '../../../../i18n/language';
import { Manners } from '../../../shared/manners';
import { CustomsApi } from '../api/customs-api';
import { Ago } from '../parts/ago';
import { reading } from '../parts/reading';
import { ReadingState } from '../parts/reading-state';
import { StatusMark, type Tone } from '../parts/status-mark';

const tones: Record<CustomStatus, Tone> = { active: 'good', draft: 'busy', archived: 'quiet' };

/** The installation's own modes and formats. */
@Component({
  selector: 'dr-modes-page',
  imports: [Ago, ReadingState, RouterLink, StatusMark],
  templateUrl: './modes-page.html',
  styles: `
    .section-head {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2) var(--s4);
      align-items: baseline;
      justify-content: space-between;
      margin-top: var(--s6);
    }

    .hint {
      max-width: 46rem;
    }

    /* The two tables stand in line with each other. */
    @media (width >= 48rem) {
      table {
        table-layout: fixed;
      }

      th:not(:first-child) {
        width: 16%;
      }

      th.number {
        width: 8%;
      }
    }
  `,
})
export class ModesPage {
  protected readonly t = injectTranslate();
  protected readonly manners = inject(Manners);
  private readonly api = inject(CustomsApi);
  protected readonly modes = reading({ params: () => ({}), load: (_, signal) => this.api.modes(signal) });
  protected readonly formats = reading({ params: () => ({}), load: (_, signal) => this.api.formats(signal) });
  protected readonly tones = tones;

  protected slugOf(id: string): string {
    return id.slice('custom.'.length);
  }

  protected statusWords(status: CustomStatus): string {
    return this.t(`modes.status.${status}`);
  }

  protected basis(mode: CustomMode): string {
    return mode.base === null ? this.t('modes.onItsOwn') : this.manners.mode(mode.base).title;
  }

  protected shape({ shape }: CustomFormat): string {
    return shape.kind === 'schema' ? this.t('modes.jsonSchema') : this.manners.format(shape.base).title;
  }
}
