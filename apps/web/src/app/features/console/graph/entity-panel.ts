import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { GraphEdge, GraphEntity } from '@dramatis/contracts/knowledge-graph';
import { injectTranslate } from '../../../../i18n/language';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { entityWord } from '../parts/entity-word';
import { counted, decimal } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';

/** One name of the graph: what it is tied to, the passages behind each tie, and the ways to another name. */
@Component({
  selector: 'dr-entity-panel',
  imports: [ReadingState, RouterLink, SidePanel],
  templateUrl: './entity-panel.html',
  styleUrl: './entity-panel.css',
})
export class EntityPanel {
  protected readonly t = injectTranslate();
  readonly entityId = input.required<string>();
  /** The entity at the other end of the tie that is opened. */
  readonly tie = input<string | null>(null);
  readonly version = input<number>();
  /** Names that a way can be asked to. */
  readonly others = input.required<readonly GraphEntity[]>();
  readonly closed = output();

  private readonly api = inject(CorpusApi);
  private readonly corpus = inject(Corpus);
  protected readonly found = reading({
    params: () => ({ personaId: this.corpus.personaId(), entityId: this.entityId(), version: this.version() }),
    load: ({ personaId, entityId, version }, signal) => this.api.neighbours(personaId, entityId, { version, limit: 100 }, signal),
  });
  protected readonly wayTo = linkedSignal({ source: () => this.entityId(), computation: () => '' });
  protected readonly ways = reading({
    params: () => (this.wayTo() ? { personaId: this.corpus.personaId(), from: this.entityId(), to: this.wayTo(), version: this.version() } : undefined),
    load: ({ personaId, ...query }, signal) => this.api.paths(personaId, query, signal),
  });
  protected readonly neighbours = computed(() => this.found.value()?.neighbours ?? []);
  protected readonly names = computed(() => new Map([...this.others(), ...this.neighbours().map(({ entity }) => entity), ...(this.found.value() ? [this.found.value()!.entity] : [])].map(({ entityId, name }) => [entityId, name])));

  protected readonly counted = counted;
  protected readonly decimal = decimal;
  protected readonly entityWord = entityWord;

  protected statements(edge: GraphEdge): { words: string; passageId: string }[] {
    const name = (id: string): string => this.names().get(id) ?? this.t('graph.anotherName');
    return edge.statements.map(({ subject, verb, object, passageId }) => ({ words: `${name(subject)} ${verb} ${name(object)}`, passageId }));
  }
}
