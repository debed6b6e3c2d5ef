import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { Ingestion, IngestionStatus } from '@dramatis/contracts/ingestion';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { Ago } from '../parts/ago';
import { count, duration } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark } from '../parts/status-mark';
import { runState, settled } from './run-words';

const pageSize = 30;

const statuses: { value: IngestionStatus | null; words: TextKey }[] = [
  { value: null, words: 'console.all' },
  { value: 'running', words: 'runs.running' },
  { value: 'completed', words: 'runs.completed' },
  { value: 'failed', words: 'console.failed' },
  { value: 'cancelled', words: 'runs.cancelled' },
];

/** The runs of a persona's sources, newest first. Filters stand in the address. */
@Component({
  selector: 'dr-runs-page',
  imports: [Ago, Pager, ReadingState, RouterLink, StageDirection, StatusMark],
  templateUrl: './runs-page.html',
})
export class RunsPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly page = input<string>();
  readonly status = input<string>();
  readonly source = input<string>();

  private readonly api = inject(KnowledgeApi);
  private readonly corpus = inject(Corpus);
  private readonly router = inject(Router);
  protected readonly pageSize = pageSize;
  protected readonly statuses = statuses;
  protected readonly number = computed(() => pageOf(this.page()));
  protected readonly chosen = computed(() => statuses.find(({ value }) => value === this.status())?.value ?? null);

  protected readonly sources = reading({
    params: () => ({ personaId: this.corpus.personaId(), limit: 200 }),
    load: (query, signal) => this.api.sources(query, signal),
  });
  protected readonly runs = reading({
    params: () => ({
      personaId: this.corpus.personaId(),
      status: this.chosen() ?? undefined,
      sourceId: this.source(),
      limit: pageSize,
      offset: (this.number() - 1) * pageSize,
    }),
    load: (query, signal) => this.api.ingestions(query, signal),
    every: ({ items }) => (items.some(({ status }) => status === 'running') ? 2_500 : 20_000),
    keep: true,
  });

  protected readonly count = count;
  protected readonly runState = runState;
  protected readonly settled = settled;

  protected chooseSource(sourceId: string): void {
    void this.router.navigate([], { queryParams: { source: sourceId || null, page: null }, queryParamsHandling: 'merge' });
  }

  protected took({ startedAt, endedAt }: Ingestion): string {
    return endedAt ? duration(this.t, Date.parse(endedAt) - Date.parse(startedAt)) : '–';
  }
}
