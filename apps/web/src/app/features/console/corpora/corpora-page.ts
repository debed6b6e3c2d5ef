import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Ingestion } from '@dramatis/contracts/ingestion';
import type { Persona, PersonaStatus } from '@dramatis/contracts/persona';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';
import { PersonaHue } from '../../../shared/persona-hue';
import { Portrait } from '../../../shared/portrait/portrait';
import { StageDirection } from '../../../shared/stage-direction';
import { KnowledgeApi } from '../api/knowledge-api';
import { Ago } from '../parts/ago';
import { count } from '../parts/figures';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SearchField } from '../parts/search-field';
import { StatusMark } from '../parts/status-mark';

const pageSize = 50;
const watchMs = 5_000;

interface Row {
  persona: Persona;
  running: Ingestion | undefined;
}

/** All personas with what each knows, and what is being taken in. */
@Component({
  selector: 'dr-corpora-page',
  imports: [Ago, Icon, Pager, PersonaHue, Portrait, ReadingState, RouterLink, SearchField, StageDirection, StatusMark],
  templateUrl: './corpora-page.html',
  styleUrl: './corpora-page.css',
})
export class CorporaPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly search = input<string>();
  readonly page = input<string>();

  private readonly api = inject(KnowledgeApi);
  protected readonly pageSize = pageSize;
  protected readonly number = computed(() => pageOf(this.page()));

  protected readonly personas = reading({
    params: () => ({ search: this.search(), limit: pageSize, offset: (this.number() - 1) * pageSize }),
    load: (query, signal) => this.api.personas(query, signal),
    every: () => 30_000,
    keep: true,
  });
  private readonly running = reading({
    params: () => ({ status: 'running' as const, limit: 200 }),
    load: (query, signal) => this.api.ingestions(query, signal),
    every: () => watchMs,
  });
  protected readonly rows = computed<Row[]>(() => {
    const runs = new Map(this.running.value()?.items.map((run) => [run.personaId, run]));
    return (this.personas.value()?.items ?? []).map((persona) => ({ persona, running: runs.get(persona.personaId) }));
  });

  protected readonly count = count;
  protected readonly statusWords: Record<PersonaStatus, TextKey> = { active: 'console.active', draft: 'console.draft', archived: 'console.archived' };
}
