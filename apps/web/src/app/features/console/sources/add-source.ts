import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Source, SourceKind } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { Operator } from '../../../core/operator';
import { type Problem, asProblem } from '../../../core/problem';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { BroughtBack } from '../parts/brought-back';
import { FormProblem } from '../parts/form-problem';
import { KeptForm } from '../parts/kept-form';
import { SidePanel } from '../parts/side-panel';
import { CrawlFields } from './crawl-fields';
import { ScheduleFields } from './schedule-fields';
import { isWebSource } from './limits';
import { newSource } from './source-form-data';
import { kindOrder, kindWords } from './source-words';
import { TextFields } from './text-fields';
import { UploadFields } from './upload-fields';
import { UploadQueue } from './upload-queue';

/** The form for a new source; which kind stands in the address. */
@Component({
  selector: 'dr-add-source',
  imports: [BroughtBack, CrawlFields, FormProblem, KeptForm, RouterLink, ScheduleFields, SidePanel, TextFields, UploadFields],
  providers: [UploadQueue],
  templateUrl: './add-source.html',
  styleUrl: './add-source.css',
})
export class AddSource {
  protected readonly t = injectTranslate();
  /** The kind that the address asks for; any other word means a text. */
  readonly kind = input.required<string>();
  readonly closed = output();
  /** The new source, and whether it is to be run at once. */
  readonly made = output<{ source: Source; run: boolean }>();

  private readonly api = inject(KnowledgeApi);
  protected readonly corpus = inject(Corpus);
  private readonly operator = inject(Operator);
  private readonly queue = inject(UploadQueue);
  private readonly texts = viewChild(TextFields);
  private readonly kept = viewChild.required(KeptForm);
  /** What is typed of each kind is kept by itself. */
  protected readonly keptAs = computed(() => `new-source.${this.corpus.personaId()}.${this.chosen()}`);
  protected readonly kinds = kindOrder;
  protected readonly kindWords = kindWords;
  protected readonly chosen = computed<SourceKind>(() => kindOrder.find((kind) => kind === this.kind()) ?? 'text');
  protected readonly web = computed(() => {
    const kind = this.chosen();
    return isWebSource(kind) ? kind : null;
  });
  protected readonly saving = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  /** Why the form cannot be sent yet; empty when it can. */
  protected readonly hindrance = computed(() => {
    if (this.saving()) return this.t('sources.theSourceIsBeingMade');
    if (this.chosen() === 'text') {
      if (this.texts()?.anyTooLong()) return this.t('sources.oneOfTheTextsIsTooLong');
      return this.texts()?.documents().length ? '' : this.t('sources.pasteATextFirst');
    }
    if (this.chosen() !== 'upload') return '';
    if (this.queue.underWay() > 0) return this.t('sources.stillOnTheWay', { count: this.queue.underWay() });
    return this.queue.done().length > 0 ? '' : this.t('sources.chooseFilesFirst');
  });

  protected async save(form: HTMLFormElement, run: boolean): Promise<void> {
    if (this.hindrance() || !form.reportValidity()) return;
    this.saving.set(true);
    this.problem.set(null);
    try {
      const body = newSource(this.t, new FormData(form), {
        personaId: this.corpus.personaId(),
        kind: this.chosen(),
        documents: this.texts()?.documents() ?? [],
        uploads: this.queue.done(),
      });
      const source = await this.api.createSource(body);
      this.kept().clear();
      this.texts()?.clear();
      this.made.emit({ source, run });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) this.operator.refused();
      this.problem.set(problem);
    } finally {
      this.saving.set(false);
    }
  }
}
