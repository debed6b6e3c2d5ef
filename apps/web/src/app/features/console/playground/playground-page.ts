import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { CutReason, PlaygroundHit } from '@dramatis/contracts/search-playground';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { CorpusApi } from '../api/corpus-api';
import { KnowledgeApi } from '../api/knowledge-api';
import { Corpus } from '../corpora/corpus';
import { counted, decimal, duration } from '../parts/figures';
import { textOf } from '../parts/form-field';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { StatusMark } from '../parts/status-mark';
import { type SortKey, searchOf, sortKeyOf, sorted } from './playground-query';

const cutWords: Record<CutReason, TextKey> = {
  no_match: 'playground.nothingFitsTheQuestion',
  below_floor: 'playground.notNearEnough',
  near_duplicate: 'playground.saysWhatABetterOneSays',
  over_budget: 'playground.noRoomInThePrompt',
  beyond_top_k: 'playground.enoughWithoutIt',
};

/** Searches as a turn does, and shows how each passage fared. The search stands in the address. */
@Component({
  selector: 'dr-playground-page',
  imports: [ReadingState, RouterLink, SidePanel, StageDirection, StatusMark],
  templateUrl: './playground-page.html',
  styleUrl: './playground-page.css',
})
export class PlaygroundPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly q = input<string>();
  readonly version = input<string>();
  readonly entities = input<string>();
  readonly topics = input<string>();
  readonly source = input<string>();
  readonly candidates = input<string>();
  readonly topK = input<string>();
  readonly sort = input<string>();
  readonly passage = input<string>();

  private readonly api = inject(CorpusApi);
  private readonly knowledge = inject(KnowledgeApi);
  private readonly corpus = inject(Corpus);
  private readonly router = inject(Router);

  protected readonly result = reading({
    params: () =>
      searchOf(this.corpus.personaId(), {
        q: this.q(),
        version: this.version(),
        entities: this.entities(),
        topics: this.topics(),
        source: this.source(),
        candidates: this.candidates(),
        topK: this.topK(),
      }) ?? undefined,
    load: (search, signal) => this.api.search(search, signal),
    keep: true,
  });
  protected readonly sources = reading({
    params: () => ({ personaId: this.corpus.personaId(), limit: 200 }),
    load: (query, signal) => this.knowledge.sources(query, signal),
  });
  protected readonly versions = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.versions(personaId, { limit: 50 }, signal),
  });
  private readonly profile = reading({
    params: () => {
      const wanted = Number(this.version()) || this.versions.value()?.publishedVersion;
      const version = this.versions.value()?.items.find((candidate) => candidate.version === wanted && candidate.profiled)?.version;
      return version ? { personaId: this.corpus.personaId(), version } : undefined;
    },
    load: ({ personaId, version }, signal) => this.api.profile(personaId, version, signal),
  });
  protected readonly knownEntities = computed(() => this.profile.value()?.entities.map(({ name }) => name) ?? []);
  protected readonly knownTopics = computed(() => this.profile.value()?.topics.map(({ label }) => label) ?? []);
  protected readonly searchable = computed(() => (this.versions.value()?.items ?? []).filter(({ status }) => status !== 'collected' && status !== 'discarded'));
  protected readonly filtersOpen = computed(() => [this.version(), this.entities(), this.topics(), this.source(), this.candidates(), this.topK()].some(Boolean));

  protected readonly by = computed(() => sortKeyOf(this.sort()));
  protected readonly hits = computed(() => sorted(this.result.value()?.hits ?? [], this.by()));
  protected readonly opened = computed(() => this.result.value()?.hits.find(({ passageId }) => passageId === this.passage()) ?? null);
  protected readonly columns: { key: SortKey; words: TextKey; title: TextKey; narrow: boolean }[] = [
    { key: 'lexical', words: 'playground.byWords', title: 'playground.bm25RankAndScoreFrom0Without', narrow: true },
    { key: 'vector', words: 'playground.byMeaning', title: 'playground.knnRankAndCosineFrom1To', narrow: true },
    { key: 'fused', words: 'playground.fused', title: 'playground.reciprocalRankFusionRankAndScore', narrow: false },
    { key: 'prompt', words: 'playground.inThePrompt', title: 'playground.thePlaceAmongThePassagesThatA', narrow: false },
  ];

  protected readonly cutWords = cutWords;
  protected readonly counted = counted;
  protected readonly decimal = decimal;
  protected readonly duration = duration;

  protected search(form: HTMLFormElement): void {
    const data = new FormData(form);
    const queryParams = Object.fromEntries(['q', 'version', 'entities', 'topics', 'source', 'candidates', 'topK'].map((name) => [name, textOf(data, name) || null]));
    const same = Object.entries(queryParams).every(([name, value]) => (this.router.parseUrl(this.router.url).queryParams[name] ?? null) === value);
    if (same) void this.result.reload();
    else void this.router.navigate([], { queryParams: { ...queryParams, passage: null }, queryParamsHandling: 'merge' });
  }

  protected rank(hit: PlaygroundHit, key: SortKey): { rank: number; score: number | null } | null {
    if (key === 'prompt') return hit.promptRank === null ? null : { rank: hit.promptRank, score: null };
    return hit[key];
  }

  protected close(): void {
    void this.router.navigate([], { queryParams: { passage: null }, queryParamsHandling: 'merge' });
  }
}
