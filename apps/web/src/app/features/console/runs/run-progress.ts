import { Component, computed, effect, input, signal } from '@angular/core';
import type { Ingestion, IngestionProgress, IngestionStage } from '@dramatis/contracts/ingestion';
import { injectTranslate } from '../../../../i18n/language';
import { count, duration, rate, timeLeft } from '../parts/figures';
import { settled } from './run-words';

const stages: IngestionStage[] = ['discovering', 'processing', 'checking', 'publishing'];

/** How far a run is: its stages, its documents as one bar with words beside it, its pace and what is left. */
@Component({
  selector: 'dr-run-progress',
  templateUrl: './run-progress.html',
  styleUrl: './run-progress.css',
})
export class RunProgress {
  protected readonly t = injectTranslate();
  readonly run = input.required<Ingestion>();
  readonly progress = input<IngestionProgress | null>(null);

  /** The present while the run goes, to the second. */
  private readonly now = signal(Date.now());
  protected readonly stages = stages;
  protected readonly count = count;

  /** Shares of the whole, in the order of the bar. */
  protected readonly parts = computed(() => {
    const { counts } = this.run();
    const whole = Math.max(1, counts.discovered);
    return [
      { name: this.t('runs.takenIn'), value: counts.indexed, look: 'indexed' },
      { name: this.t('console.unchanged'), value: counts.unchanged, look: 'unchanged' },
      { name: this.t('runs.duplicates'), value: counts.duplicate, look: 'duplicate' },
      { name: this.t('runs.leftOut'), value: counts.skipped, look: 'skipped' },
      { name: this.t('console.failed'), value: counts.failed, look: 'failed' },
    ].map((part) => ({ ...part, percent: (part.value / whole) * 100 }));
  });
  protected readonly label = computed(() => {
    const { counts, status } = this.run();
    if (counts.discovered === 0) return status === 'running' ? this.t('runs.noDocumentFoundYet') : this.t('runs.noDocumentsFound');
    return this.t('runs.ofDone', { settled: settled(counts), found: counts.discovered });
  });
  protected readonly done = computed(() => settled(this.run().counts));
  protected readonly pace = computed(() => {
    const progress = this.progress();
    if (!progress || progress.paused) return null;
    return [
      progress.documentsPerSecond === null ? null : rate(this.t, progress.documentsPerSecond),
      progress.secondsLeft === null ? null : this.t('runs.left', { time: timeLeft(this.t, progress.secondsLeft) }),
    ]
      .filter(Boolean)
      .join(', ');
  });
  protected readonly took = computed(() => {
    const { startedAt, endedAt } = this.run();
    return duration(this.t, Math.max(0, (endedAt ? Date.parse(endedAt) : this.now()) - Date.parse(startedAt)));
  });

  constructor() {
    const running = computed(() => this.run().status === 'running');
    effect((onCleanup) => {
      if (!running()) return;
      const timer = setInterval(() => this.now.set(Date.now()), 1_000);
      onCleanup(() => clearInterval(timer));
    });
  }

  protected stageState(stage: IngestionStage): 'past' | 'present' | 'future' {
    const { status, stage: present, builtVersion, corpusVersion } = this.run();
    if (status === 'completed') return stage === 'publishing' && builtVersion !== null && corpusVersion === null ? 'future' : 'past';
    const at = stages.indexOf(present);
    if (status !== 'running') return 'future';
    if (at === -1) return 'future';
    return stages.indexOf(stage) < at ? 'past' : stage === present ? 'present' : 'future';
  }
}
