import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { IngestedDocumentDetail, TimelineEntry } from '@dramatis/contracts/ingestion';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { exactTime } from '../../../shared/relative-time';
import { KnowledgeApi } from '../api/knowledge-api';
import { Act } from '../parts/act';
import { duration, size } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { saveFile } from '../parts/save-file';
import { SidePanel } from '../parts/side-panel';
import { StatusMark, type Tone } from '../parts/status-mark';
import { reasonWords } from '../parts/reason-words';
import { stateTones } from '../runs/run-words';
import { RevisionReader } from './revision-reader';

/** One document of a run: what became of it and why, every step, and the text that came out. */
@Component({
  selector: 'dr-document-panel',
  imports: [ReadingState, RevisionReader, RouterLink, SidePanel, StatusMark],
  templateUrl: './document-panel.html',
  styleUrl: './document-panel.css',
})
export class DocumentPanel {
  protected readonly t = injectTranslate();
  protected readonly reasonWords = reasonWords;
  readonly ingestionId = input.required<string>();
  readonly documentId = input.required<string>();
  /** Whether its run is still at work. */
  readonly running = input(false);
  /** Grows when the document may have moved on. */
  readonly tick = input(0);
  readonly closed = output();

  private readonly api = inject(KnowledgeApi);
  protected readonly act = inject(Act);
  protected readonly installation = inject(Installation);
  protected readonly document = reading({
    params: () => ({ ingestionId: this.ingestionId(), documentId: this.documentId() }),
    load: ({ ingestionId, documentId }, signal) => this.api.document(ingestionId, documentId, signal),
  });
  protected readonly longest = computed(() => Math.max(1, ...(this.document.value()?.timeline.map((entry) => this.tookMs(entry) ?? 0) ?? [])));

  protected readonly exactTime = exactTime;
  protected readonly duration = duration;
  protected readonly size = size;
  protected readonly stateTones = stateTones;
  protected readonly outcomeTones: Record<TimelineEntry['outcome'], Tone> = { running: 'busy', done: 'good', failed: 'bad' };

  constructor() {
    effect(() => {
      this.tick();
      untracked(() => {
        if (this.document.value()?.state === null) void this.document.reload();
      });
    });
  }

  protected tookMs({ startedAt, endedAt }: TimelineEntry): number | null {
    return endedAt ? Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) : null;
  }

  protected async download({ ingestionId, documentId, original }: IngestedDocumentDetail): Promise<void> {
    if (!original) return;
    const file = await this.act.run('download', () => this.api.original(ingestionId, documentId), this.t('documents.theOriginalWasNotFetched'));
    if (file) saveFile(file, original.fileName);
  }
}
