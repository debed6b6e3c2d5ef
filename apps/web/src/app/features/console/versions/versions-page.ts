import { Component, computed, effect, inject, input, linkedSignal, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { count } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark } from '../parts/status-mark';
import { MovePanel } from './move-panel';
import { NotePanel } from './note-panel';
import { PinPanel } from './pin-panel';
import { ReproductionPanel } from './reproduction-panel';
import { moveTo, versionWords } from './version-words';

const pageSize = 30;
const restMs = 15_000;
const movingMs = 1_000;

/** What a persona knew and knows: every version, which is published, and the way from one to another. `?move` opens the panel that publishes. */
@Component({
  selector: 'dr-versions-page',
  imports: [Ago, MovePanel, NotePanel, PinPanel, Pager, ReadingState, ReproductionPanel, RouterLink, StageDirection, StatusMark],
  providers: [Act],
  templateUrl: './versions-page.html',
  styleUrl: './versions-page.css',
})
export class VersionsPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly page = input<string>();
  readonly move = input<string>();
  readonly reproduce = input<string>();
  readonly pin = input<string>();
  readonly note = input<string>();

  private readonly api = inject(CorpusApi);
  private readonly router = inject(Router);
  protected readonly corpus = inject(Corpus);
  protected readonly pageSize = pageSize;
  protected readonly number = computed(() => pageOf(this.page()));
  /** The version that was asked to be published and is not yet. */
  private readonly awaited = signal<number | null>(null);

  protected readonly versions = reading({
    params: () => ({ personaId: this.corpus.personaId(), query: { limit: pageSize, offset: (this.number() - 1) * pageSize } }),
    load: ({ personaId, query }, signal) => this.api.versions(personaId, query, signal),
    every: () => (this.awaited() === null ? restMs : movingMs),
    keep: true,
  });
  protected readonly comparable = computed(() => (this.versions.value()?.items ?? []).filter(({ status }) => status !== 'collected' && status !== 'discarded'));
  protected readonly from = linkedSignal(() => this.comparable()[1]?.version ?? 0);
  protected readonly to = linkedSignal(() => this.comparable()[0]?.version ?? 0);
  protected readonly moving = computed(() => {
    const version = this.versions.value()?.items.find((candidate) => String(candidate.version) === this.move());
    return version && this.moveOf(version) ? version : null;
  });
  protected readonly reproduced = computed(() => this.versions.value()?.items.find(({ version }) => String(version) === this.reproduce()) ?? null);

  protected readonly pinning = computed(() => this.comparable().find(({ version }) => String(version) === this.pin()) ?? null);
  protected readonly noting = computed(() => this.versions.value()?.items.find(({ version }) => String(version) === this.note()) ?? null);
  /** The version that the open panel is about. */
  protected readonly shownBeside = computed(() => this.moving() ?? this.reproduced() ?? this.pinning() ?? this.noting());

  protected readonly count = count;
  protected readonly versionWords = versionWords;

  constructor() {
    effect(() => {
      const published = this.versions.value()?.publishedVersion;
      untracked(() => {
        if (published !== undefined && published === this.awaited()) this.awaited.set(null);
        // The head of the page tells the published version too.
        if (published !== undefined && this.corpus.persona.value() && published !== this.corpus.persona.value()?.corpus.corpusVersion) void this.corpus.persona.reload();
      });
    });
  }

  protected moveOf(version: CorpusVersion): 'publish' | 'roll back' | null {
    return moveTo(version, this.versions.value()?.publishedVersion ?? 0);
  }

  protected asNumber(value: string): number {
    return Number(value);
  }

  protected moved(version: number): void {
    this.awaited.set(version);
    void this.versions.reload();
    this.close();
  }

  protected noted(changed: CorpusVersion): void {
    const list = this.versions.value();
    if (list) this.versions.set({ ...list, items: list.items.map((item) => (item.version === changed.version ? changed : item)) });
    this.close();
  }

  protected close(): void {
    void this.router.navigate([], { queryParams: { move: null, reproduce: null, pin: null, note: null }, queryParamsHandling: 'merge' });
  }
}
