import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type DocumentChangeKind, documentChangeKind } from '@dramatis/contracts/corpus-version';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { RevisionReader } from '../documents/revision-reader';
import { count } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { StatusMark, type Tone } from '../parts/status-mark';
import { ComparisonTotals } from './comparison-totals';
import { DiffPanel } from './diff-panel';

const pageSize = 50;

/** What came, went and changed between two versions. From version 0, which is empty, it is what a version holds. */
@Component({
  selector: 'dr-compare-page',
  imports: [ComparisonTotals, DiffPanel, Pager, ReadingState, RevisionReader, RouterLink, SidePanel, StageDirection, StatusMark],
  templateUrl: './compare-page.html',
})
export class ComparePage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address; without `from` it is what is published, or what that one was built on. */
  readonly from = input<string>();
  readonly to = input<string>();
  readonly kind = input<string>();
  readonly page = input<string>();
  readonly document = input<string>();

  private readonly api = inject(CorpusApi);
  private readonly router = inject(Router);
  protected readonly corpus = inject(Corpus);
  protected readonly pageSize = pageSize;
  protected readonly number = computed(() => pageOf(this.page()));
  /** The kind of change that alone is listed; undefined for all, also where the address names one that there is not. */
  protected readonly chosenKind = computed(() => documentChangeKind.safeParse(this.kind()).data);

  protected readonly versions = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.versions(personaId, { limit: 200 }, signal),
  });
  /** The two versions; null until it is known which are meant. */
  protected readonly pair = computed(() => {
    const list = this.versions.value();
    if (!list) return null;
    const to = Number(this.to()) || list.publishedVersion;
    if (this.from() !== undefined) return { from: Number(this.from()) || 0, to };
    const base = list.items.find(({ version }) => version === to)?.baseVersion ?? 0;
    return { from: list.publishedVersion !== to && list.publishedVersion > 0 ? list.publishedVersion : base, to };
  });
  protected readonly comparison = reading({
    params: () => {
      const pair = this.pair();
      return pair && pair.to > 0 ? { personaId: this.corpus.personaId(), query: { ...pair, kind: this.chosenKind(), limit: pageSize, offset: (this.number() - 1) * pageSize } } : undefined;
    },
    load: ({ personaId, query }, signal) => this.api.compare(personaId, query, signal),
    keep: true,
  });
  protected readonly opened = computed(() => this.comparison.value()?.items.find(({ documentId }) => documentId === this.document()) ?? null);
  protected readonly contents = computed(() => this.pair()?.from === 0);

  protected readonly count = count;
  /** What may be listed, and how many there are of it. From nothing, everything is added. */
  protected readonly choices = computed(() => {
    const documents = this.comparison.value()?.documents;
    if (!documents || this.contents()) return [];
    const all = documents.added + documents.removed + documents.changed;
    return [{ kind: undefined, words: this.t('console.all'), count: all }, ...documentChangeKind.options.map((kind) => ({ kind, words: this.t(this.kinds[kind].words), count: documents[kind] }))];
  });
  protected readonly kinds: Record<DocumentChangeKind, { words: TextKey; tone: Tone }> = {
    added: { words: 'console.added', tone: 'good' },
    removed: { words: 'console.removed', tone: 'bad' },
    changed: { words: 'console.changedWord', tone: 'warn' },
  };

  protected close(): void {
    void this.router.navigate([], { queryParams: { document: null }, queryParamsHandling: 'merge' });
  }

  protected choose(change: { from?: string; to?: string }): void {
    const pair = this.pair();
    void this.router.navigate([], { queryParams: { from: pair?.from, to: pair?.to, ...change, kind: null, page: null, document: null }, queryParamsHandling: 'merge' });
  }
}
