import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import type { TextKey } from '../../../../i18n/scopes';
import { ApiClient } from '../../../core/api-client';
import { Installation } from '../../../core/installation';
import { exactTime } from '../../../shared/relative-time';
import { CorpusApi } from '../api/corpus-api';
import { KnowledgeApi } from '../api/knowledge-api';
import { Ago } from '../parts/ago';
import { counted, size } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { saveFile } from '../parts/save-file';
import { StatusMark } from '../parts/status-mark';
import { kindOrder, kindWords } from '../sources/source-words';

const toolWords: Record<string, TextKey> = { cut: 'lineage.textAndPassages', extract: 'lineage.extraction', clean: 'lineage.cleaning', chunk: 'lineage.cutting', enrich: 'lineage.enrichment', embed: 'lineage.embedding' };

const runStatuses = ['running', 'completed', 'failed', 'cancelled'] as const;

/** Where a passage comes from: step by step back to its source, with what is needed to make it again. */
@Component({
  selector: 'dr-lineage-page',
  imports: [Ago, ReadingState, RouterLink, StatusMark],
  templateUrl: './lineage-page.html',
  styleUrl: './lineage-page.css',
})
export class LineagePage {
  protected readonly t = injectTranslate();
  readonly passageId = input.required<string>();

  private readonly api = inject(CorpusApi);
  private readonly knowledge = inject(KnowledgeApi);
  private readonly open = inject(ApiClient);
  protected readonly installation = inject(Installation);
  protected readonly lineage = reading({ params: () => this.passageId(), load: (id, signal) => this.api.lineage(id, signal) });
  protected readonly passage = reading({ params: () => this.passageId(), load: (id, signal) => this.open.passage(id, signal) });
  /** Whose corpus it is: the way on from here. */
  protected readonly persona = reading({ params: () => this.lineage.value()?.passage.personaId, load: (id, signal) => this.knowledge.persona(id, signal) });
  protected readonly json = computed(() => JSON.stringify(this.lineage.value(), null, 2));

  protected readonly counted = counted;
  protected readonly size = size;
  protected readonly exactTime = exactTime;

  protected tool(step: string): string {
    const key = toolWords[step];
    return key ? this.t(key) : step;
  }

  protected kind(kind: string): string {
    const known = kindOrder.find((candidate) => candidate === kind);
    return known ? kindWords(this.t, known).title : kind;
  }

  protected runStatus(status: string): string {
    const known = runStatuses.find((candidate) => candidate === status);
    return known ? this.t(`console.runStatus.${known}`) : status;
  }

  protected save(): void {
    saveFile(new Blob([this.json()], { type: 'application/json' }), `lineage-${this.passageId()}.json`);
  }
}
