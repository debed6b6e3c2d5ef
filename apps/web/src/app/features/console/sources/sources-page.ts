import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { Source } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { staying } from '../../../core/staying';
import { Icon } from '../../../shared/icon';
import { StageDirection } from '../../../shared/stage-direction';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { count } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark, type Tone } from '../parts/status-mark';
import { AddSource } from './add-source';
import { SourcePanel } from './source-panel';
import { kindWords, scheduleWords, whereWords } from './source-words';

const pageSize = 50;
const watchMs = 3_000;
const restMs = 30_000;

/** Where a persona's knowledge comes from. `?add` opens the form for a new source, `?source` the panel of one. */
@Component({
  selector: 'dr-sources-page',
  imports: [AddSource, Ago, Icon, Pager, ReadingState, RouterLink, SourcePanel, StageDirection, StatusMark],
  providers: [Act],
  templateUrl: './sources-page.html',
})
export class SourcesPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly page = input<string>();
  readonly add = input<string>();
  readonly source = input<string>();

  private readonly api = inject(KnowledgeApi);
  private readonly router = inject(Router);
  protected readonly act = inject(Act);
  protected readonly corpus = inject(Corpus);
  protected readonly pageSize = pageSize;
  protected readonly number = computed(() => pageOf(this.page()));

  protected readonly sources = reading({
    params: () => ({ personaId: this.corpus.personaId(), limit: pageSize, offset: (this.number() - 1) * pageSize }),
    load: (query, signal) => this.api.sources(query, signal),
    every: ({ items }) => (items.some(({ lastIngestion }) => lastIngestion?.status === 'running') ? watchMs : restMs),
    keep: true,
  });

  protected readonly count = count;
  protected readonly kindWords = kindWords;
  protected readonly scheduleWords = scheduleWords;
  protected readonly whereWords = whereWords;

  protected lastRun({ lastIngestion }: Source): { words: string; tone: Tone } | null {
    if (!lastIngestion) return null;
    switch (lastIngestion.status) {
      case 'running':
        return lastIngestion.paused ? { words: this.t('console.paused'), tone: 'quiet' } : { words: this.t('sources.running'), tone: 'busy' };
      case 'completed':
        return lastIngestion.builtVersion !== null && lastIngestion.corpusVersion === null
          ? { words: this.t('console.runState.waits'), tone: 'warn' }
          : { words: this.t('console.runState.completed'), tone: 'good' };
      case 'failed':
        return { words: this.t('console.failed'), tone: 'bad' };
      case 'cancelled':
        return { words: this.t('console.runState.cancelled'), tone: 'quiet' };
    }
  }

  protected isRunning({ lastIngestion }: Source): boolean {
    return lastIngestion?.status === 'running';
  }

  protected async run(source: Source): Promise<void> {
    const stays = staying(this.router);
    const started = await this.act.run(`run ${source.sourceId}`, () => this.api.ingest(source.sourceId), this.t('sources.wasNotStarted', { name: source.name }));
    if (started && stays()) await this.router.navigate(['/console/corpora', this.corpus.personaId(), 'runs', started.ingestionId]);
  }

  protected close(): void {
    void this.router.navigate([], { queryParams: { add: null, source: null }, queryParamsHandling: 'merge' });
  }

  protected changed(): void {
    void this.sources.reload();
  }

  protected async made({ source, run }: { source: Source; run: boolean }): Promise<void> {
    void this.sources.reload();
    if (run) await this.run(source);
    else this.close();
  }
}
