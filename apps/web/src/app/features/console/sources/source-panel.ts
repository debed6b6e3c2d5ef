import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { IngestedDocument } from '@dramatis/contracts/ingestion';
import type { Source, UpdateSource } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { Operator } from '../../../core/operator';
import { type Problem, asProblem } from '../../../core/problem';
import { staying } from '../../../core/staying';
import { Confirm } from '../../../shared/confirm';
import { KnowledgeApi } from '../api/knowledge-api';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { BroughtBack } from '../parts/brought-back';
import { counted } from '../parts/figures';
import { textOf } from '../parts/form-field';
import { FormProblem } from '../parts/form-problem';
import { KeptForm } from '../parts/kept-form';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { StatusMark } from '../parts/status-mark';
import { runState } from '../runs/run-words';
import { CrawlFields } from './crawl-fields';
import { isWebSource } from './limits';
import { ScheduleFields } from './schedule-fields';
import { crawlOf, scheduleOf } from './source-form-data';
import { SourceDocuments } from './source-documents';
import { kindWords } from './source-words';
import { TextFields } from './text-fields';
import { UploadFields } from './upload-fields';
import { UploadQueue } from './upload-queue';

/** One source: its runs, and everything about it that can be changed. */
@Component({
  selector: 'dr-source-panel',
  imports: [Ago, BroughtBack, CrawlFields, FormProblem, KeptForm, ReadingState, RouterLink, ScheduleFields, SidePanel, SourceDocuments, StatusMark, TextFields, UploadFields],
  providers: [UploadQueue],
  templateUrl: './source-panel.html',
})
export class SourcePanel {
  protected readonly t = injectTranslate();
  readonly sourceId = input.required<string>();
  readonly closed = output();
  /** Something about it is different now. */
  readonly changed = output();
  readonly runAsked = output<Source>();

  private readonly api = inject(KnowledgeApi);
  private readonly confirm = inject(Confirm);
  private readonly operator = inject(Operator);
  private readonly router = inject(Router);
  protected readonly act = inject(Act);
  protected readonly queue = inject(UploadQueue);
  private readonly texts = viewChild(TextFields);
  private readonly kept = viewChild(KeptForm);

  protected readonly source = reading({ params: () => this.sourceId(), load: (id, signal) => this.api.source(id, signal) });
  protected readonly runs = reading({
    params: () => ({ sourceId: this.sourceId(), limit: 5 }),
    load: (query, signal) => this.api.ingestions(query, signal),
    every: ({ items }) => (items.some(({ status }) => status === 'running') ? 3_000 : null),
  });
  protected readonly running = computed(() => this.runs.value()?.items.find(({ status }) => status === 'running'));
  protected readonly saving = signal(false);
  protected readonly adding = signal(false);
  protected readonly gone = signal<ReadonlySet<string>>(new Set());
  protected readonly problem = signal<Problem | null>(null);
  protected readonly kicker = computed(() => {
    const source = this.source.value();
    return source ? kindWords(this.t, source.kind).title : undefined;
  });

  protected readonly kindWords = kindWords;
  protected readonly isWebSource = isWebSource;
  protected readonly runState = runState;
  protected readonly counted = counted;

  protected async save(form: HTMLFormElement, source: Source): Promise<void> {
    const data = new FormData(form);
    const patch: UpdateSource = { name: textOf(data, 'name'), publish: data.get('publish') === 'manual' ? 'manual' : 'automatic' };
    if (isWebSource(source.kind)) {
      patch.schedule = scheduleOf(data);
      const crawl = crawlOf(data);
      patch.settings = source.kind === 'page' ? { urls: crawl.urls } : source.kind === 'site' ? crawl : { urls: crawl.urls, maxPages: crawl.maxPages, include: crawl.include, exclude: crawl.exclude };
    }
    if (await this.send(source, patch)) this.kept()?.clear();
  }

  protected async addMore(source: Source): Promise<void> {
    const documents = this.texts()?.documents() ?? [];
    const uploads = this.queue.done();
    if (source.kind === 'text' ? documents.length === 0 : uploads.length === 0 || this.queue.underWay() > 0) return;
    const saved = await this.send(source, source.kind === 'text' ? { addDocuments: documents } : { addUploadIds: uploads.map(({ uploadId }) => uploadId) });
    if (!saved) return;
    this.texts()?.clear();
    this.adding.set(false);
  }

  protected async takeOut(source: Source, { documentId, title }: IngestedDocument): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.t('sources.askTakeOut', { title }),
      message: this.t('sources.theNextRunBuildsAVersionWithout'),
      action: this.t('sources.takeOut'),
      otherwise: this.t('sources.keepIt'),
    });
    if (!sure || !(await this.send(source, { removeDocumentIds: [documentId] }))) return;
    this.gone.update((ids) => new Set([...ids, documentId]));
  }

  protected async remove(source: Source): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.t('sources.askDelete', { name: source.name }),
      message: this.t('sources.aRunBeginsThatBuildsAVersion'),
      action: this.t('sources.delete'),
      otherwise: this.t('sources.keepIt'),
    });
    if (!sure) return;
    const stays = staying(this.router);
    const done = await this.act.run(
      'delete',
      async () => ({ run: await this.api.deleteSource(source.sourceId) }),
      this.t('sources.theSourceWasNotDeleted'),
      this.t('sources.isDeleted', { name: source.name }),
    );
    if (!done || !stays()) return;
    this.changed.emit();
    if (done.run) await this.router.navigate(['/console/corpora', source.personaId, 'runs', done.run.ingestionId]);
    else this.closed.emit();
  }

  protected close(): void {
    this.closed.emit();
  }

  private async send(source: Source, patch: UpdateSource): Promise<boolean> {
    if (this.saving()) return false;
    this.saving.set(true);
    this.problem.set(null);
    try {
      this.source.set(await this.api.updateSource(source.sourceId, patch));
      this.changed.emit();
      return true;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) this.operator.refused();
      this.problem.set(problem);
      return false;
    } finally {
      this.saving.set(false);
    }
  }
}
