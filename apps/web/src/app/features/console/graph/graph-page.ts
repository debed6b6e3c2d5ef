import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { GraphEntity } from '@dramatis/contracts/knowledge-graph';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { entityWord } from '../parts/entity-word';
import { count, counted } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SearchField } from '../parts/search-field';
import { EntityPanel } from './entity-panel';
import { GraphDrawing } from './graph-drawing';
import type { PlacedEdge } from './graph-layout';

const types = ['person', 'place', 'organisation', 'date', 'other'];
const steps = [30, 60, 120];

/** Who and what a corpus speaks of, and what ties them. `?entity` opens one, `?tie` one of its ties. */
@Component({
  selector: 'dr-graph-page',
  imports: [EntityPanel, GraphDrawing, ReadingState, RouterLink, SearchField, StageDirection],
  templateUrl: './graph-page.html',
  styleUrl: './graph-page.css',
})
export class GraphPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly search = input<string>();
  readonly type = input<string>();
  readonly version = input<string>();
  readonly most = input<string>();
  readonly entity = input<string>();
  readonly tie = input<string>();

  private readonly api = inject(CorpusApi);
  private readonly corpus = inject(Corpus);
  private readonly router = inject(Router);
  protected readonly types = types;
  protected readonly steps = steps;
  protected readonly limit = computed(() => steps.find((step) => String(step) === this.most()) ?? 60);
  protected readonly versionNumber = computed(() => (Number(this.version()) > 0 ? Number(this.version()) : undefined));

  protected readonly graph = reading({
    params: () => ({
      personaId: this.corpus.personaId(),
      query: { search: this.search(), type: this.type(), version: this.versionNumber(), limit: this.limit() },
    }),
    load: ({ personaId, query }, signal) => this.api.graph(personaId, query, signal),
    // It is computed after a version was published; until then one looks again.
    every: ({ computed: ready, version }) => (ready || version === 0 ? null : 4_000),
    keep: true,
  });
  protected readonly filtered = computed(() => Boolean(this.search() || this.type()));

  protected readonly entityWord = entityWord;

  protected open(entityId: string): void {
    this.go({ entity: entityId, tie: null });
  }

  protected openTie({ from, to }: PlacedEdge): void {
    this.go({ entity: from.entityId, tie: to.entityId });
  }

  protected close(): void {
    this.go({ entity: null, tie: null });
  }

  protected words({ mentions, degree }: GraphEntity): string {
    return `${count(this.t, mentions)} × · ${counted(this.t, degree, 'tie')}`;
  }

  private go(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}
