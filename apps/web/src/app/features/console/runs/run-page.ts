import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { DocumentState, Ingestion, IngestionCounts } from '@dramatis/contracts/ingestion';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { staying } from '../../../core/staying';
import { Icon } from '../../../shared/icon';
import { Confirm } from '../../../shared/confirm';
import { StageDirection } from '../../../shared/stage-direction';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { DocumentPanel } from '../documents/document-panel';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { count } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SearchField } from '../parts/search-field';
import { StatusMark } from '../parts/status-mark';
import { reasonWords } from '../parts/reason-words';
import { RunProgress } from './run-progress';
import { RunWatch } from './run-watch';
import { runState, stateTones } from './run-words';

const pageSize = 50;
type Filter = DocumentState | 'pending';

const filters: { value: Filter | null; words: TextKey; count: (counts: IngestionCounts) => number }[] = [
  { value: null, words: 'console.all', count: ({ discovered }) => discovered },
  { value: 'failed', words: 'console.failed', count: ({ failed }) => failed },
  { value: 'skipped', words: 'runs.leftOut', count: ({ skipped }) => skipped },
  { value: 'duplicate', words: 'runs.duplicates', count: ({ duplicate }) => duplicate },
  { value: 'indexed', words: 'runs.takenIn', count: ({ indexed }) => indexed },
  { value: 'unchanged', words: 'console.unchanged', count: ({ unchanged }) => unchanged },
  { value: 'pending', words: 'runs.onTheirWay', count: ({ discovered, indexed, unchanged, duplicate, skipped, failed }) => discovered - indexed - unchanged - duplicate - skipped - failed },
];

/** One run while it goes and after it has ended, with all its documents. `?document` opens one beside the list. */
@Component({
  selector: 'dr-run-page',
  imports: [Ago, DocumentPanel, Icon, Pager, ReadingState, RouterLink, RunProgress, SearchField, StageDirection, StatusMark],
  providers: [Act, RunWatch],
  templateUrl: './run-page.html',
  styleUrl: './run-page.css',
})
export class RunPage {
  protected readonly t = injectTranslate();
  protected readonly reasonWords = reasonWords;
  readonly ingestionId = input.required<string>();
  /** Query parameters of the address. */
  readonly state = input<string>();
  readonly text = input<string>();
  readonly page = input<string>();
  readonly document = input<string>();

  private readonly api = inject(KnowledgeApi);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  protected readonly installation = inject(Installation);
  protected readonly watch = inject(RunWatch);

  protected readonly pageSize = pageSize;
  protected readonly filters = filters;
  protected readonly number = computed(() => pageOf(this.page()));
  protected readonly filter = computed(() => filters.find(({ value }) => value === this.state())?.value ?? null);
  protected readonly documents = reading({
    params: () => ({
      ingestionId: this.ingestionId(),
      query: { state: this.filter() ?? undefined, text: this.text(), limit: pageSize, offset: (this.number() - 1) * pageSize },
    }),
    load: ({ ingestionId, query }, signal) => this.api.documents(ingestionId, query, signal),
    keep: true,
  });

  /** The run that has taken up what failed in this one; undefined while there is none. */
  private readonly later = reading({
    params: () => {
      const run = this.watch.record.value();
      return run && run.status !== 'running' && run.counts.failed > 0 ? { personaId: run.personaId, sourceId: run.sourceId } : undefined;
    },
    load: ({ personaId, sourceId }, signal) => this.api.ingestions({ personaId, sourceId, limit: 50 }, signal),
  });
  protected readonly retriedBy = computed(() => this.later.value()?.items.find(({ retryOf }) => retryOf === this.ingestionId()));

  protected readonly count = count;
  protected readonly runState = runState;
  protected readonly stateTones = stateTones;

  constructor() {
    effect(() => {
      const id = this.ingestionId();
      untracked(() => this.watch.ingestionId.set(id));
    });
    effect(() => {
      if (this.watch.documentsChanged() > 0) untracked(() => void this.documents.reload());
    });
    effect(() => {
      // A version that the run has published shows in the head of the page.
      if (this.watch.record.value()?.corpusVersion) untracked(() => void this.corpus.persona.reload());
    });
  }

  protected async pause({ ingestionId }: Ingestion): Promise<void> {
    await this.ask('pause', () => this.api.pause(ingestionId), this.t('runs.theRunWasNotPaused'));
  }

  protected async resume({ ingestionId }: Ingestion): Promise<void> {
    await this.ask('resume', () => this.api.resume(ingestionId), this.t('runs.theRunWasNotResumed'));
  }

  protected async cancel({ ingestionId }: Ingestion): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.t('runs.cancelThisRun'),
      message: this.t('runs.whatItHasDoneSoFarIs'),
      action: this.t('runs.cancelTheRun'),
      otherwise: this.t('runs.letItRun'),
    });
    if (sure) await this.ask('cancel', () => this.api.cancel(ingestionId), this.t('runs.theRunWasNotCancelled'));
  }

  protected async retry({ ingestionId, counts }: Ingestion): Promise<void> {
    const stays = staying(this.router);
    const started = await this.act.run('retry', () => this.api.retry(ingestionId), this.t('runs.theFailedDocumentsWereNotTakenUp'), this.t('runs.takingUp', { count: counts.failed }));
    if (started && stays()) await this.router.navigate(['/console/corpora', this.corpus.personaId(), 'runs', started.ingestionId]);
  }

  protected close(): void {
    void this.router.navigate([], { queryParams: { document: null }, queryParamsHandling: 'merge' });
  }

  private async ask(name: string, action: () => Promise<unknown>, failure: string): Promise<void> {
    await this.act.run(
      name,
      async () => {
        await action();
        await this.watch.refresh();
      },
      failure,
    );
  }
}
