import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { DocumentState, Ingestion, IngestionCounts } from '@dramatis/contracts/ingestion';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { Icon } from '../../../shared/icon';
import { Confirm } from '../../../shared/confirm';
import { StageDirection } from '../../../shared/stage-direction';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { DocumentPanel } from '../documents/document-panel';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { count, counted } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SearchField } from '../parts/search-field';
import { StatusMark } from '../parts/status-mark';
import { RunProgress } from './run-progress';
import { RunWatch } from './run-watch';
import { runState, stateTones, stateWords, stepWords, triggerWords } from './run-words';

const pageSize = 50;
type Filter = DocumentState | 'pending';

const filters: { value: Filter | null; words: string; count: (counts: IngestionCounts) => number }[] = [
  { value: null, words: 'All', count: ({ discovered }) => discovered },
  { value: 'failed', words: 'Failed', count: ({ failed }) => failed },
  { value: 'skipped', words: 'Left out', count: ({ skipped }) => skipped },
  { value: 'duplicate', words: 'Duplicates', count: ({ duplicate }) => duplicate },
  { value: 'indexed', words: 'Taken in', count: ({ indexed }) => indexed },
  { value: 'unchanged', words: 'Unchanged', count: ({ unchanged }) => unchanged },
  { value: 'pending', words: 'On their way', count: ({ discovered, indexed, unchanged, duplicate, skipped, failed }) => discovered - indexed - unchanged - duplicate - skipped - failed },
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
  protected readonly counted = counted;
  protected readonly runState = runState;
  protected readonly stateWords = stateWords;
  protected readonly stateTones = stateTones;
  protected readonly stepWords = stepWords;
  protected readonly triggerWords = triggerWords;

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
    await this.ask('pause', () => this.api.pause(ingestionId), 'The run was not paused.');
  }

  protected async resume({ ingestionId }: Ingestion): Promise<void> {
    await this.ask('resume', () => this.api.resume(ingestionId), 'The run was not resumed.');
  }

  protected async cancel({ ingestionId }: Ingestion): Promise<void> {
    const sure = await this.confirm.ask({
      heading: 'Cancel this run?',
      message: 'What it has done so far is dropped, and what is published stays as it is. To go on later, pause it instead.',
      action: 'Cancel the run',
      otherwise: 'Let it run',
    });
    if (sure) await this.ask('cancel', () => this.api.cancel(ingestionId), 'The run was not cancelled.');
  }

  protected async retry({ ingestionId, counts }: Ingestion): Promise<void> {
    const started = await this.act.run('retry', () => this.api.retry(ingestionId), 'The failed documents were not taken up again.', `Taking up ${counted(this.t, counts.failed, 'document')} again.`);
    if (started) await this.router.navigate(['/console/corpora', this.corpus.personaId(), 'runs', started.ingestionId]);
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
