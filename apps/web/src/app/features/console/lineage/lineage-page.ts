import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import { ApiClient } from '../../../core/api-client';
import { Installation } from '../../../core/installation';
import { exactTime } from '../../../shared/relative-time';
import { CorpusApi } from '../api/corpus-api';
import { KnowledgeApi } from '../api/knowledge-api';
import { Ago } from '../parts/ago';
import { count, counted, size } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { saveFile } from '../parts/save-file';
import { StatusMark } from '../parts/status-mark';
import { kindWords } from '../sources/source-words';

const toolWords: Record<string, string> = { cut: 'Text and passages', extract: 'Extraction', clean: 'Cleaning', chunk: 'Cutting', enrich: 'Enrichment', embed: 'Embedding' };

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

  protected readonly count = count;
  protected readonly counted = counted;
  protected readonly size = size;
  protected readonly exactTime = exactTime;

  protected tool(step: string): string {
    return toolWords[step] ?? step;
  }

  protected kind(kind: string): string {
    return kind in kindWords ? kindWords(this.t, kind as keyof typeof kindWords).title : kind;
  }

  protected save(): void {
    saveFile(new Blob([this.json()], { type: 'application/json' }), `lineage-${this.passageId()}.json`);
  }
}
