import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Ingestion, IngestionProgress } from '@dramatis/contracts/ingestion';
import { KnowledgeApi } from '../api/knowledge-api';
import { reading } from '../parts/reading';
import { IngestionFeed } from './ingestion-feed';

const pollMs = 2_000;
/** Even while events come, the record is read now and then: it has the last word. */
const auditMs = 15_000;
/** The list of documents is not read more often than this, however fast they come. */
const documentsMs = 2_000;

/** One run as it is now: by events while they come, by asking otherwise. Provided by the page that shows it. */
@Injectable()
export class RunWatch {
  private readonly api = inject(KnowledgeApi);
  private readonly feed = inject(IngestionFeed);

  readonly ingestionId = signal('');
  private readonly live = signal(false);
  private readonly told = signal<IngestionProgress | null>(null);
  private readonly documentTick = signal(0);

  readonly record = reading({
    params: () => this.ingestionId() || undefined,
    load: (id, signal) => this.api.ingestion(id, signal),
    every: ({ status }) => (status === 'running' ? (this.live() ? auditMs : pollMs) : null),
  });
  private readonly running = computed(() => this.record.value()?.status === 'running');
  private readonly asked = reading({
    params: () => (this.running() && !this.live() ? this.ingestionId() : undefined),
    load: (id, signal) => this.api.progress(id, signal),
    every: () => pollMs,
  });

  /** The run with what its newest progress says of it. */
  readonly run = computed<Ingestion | undefined>(() => {
    const record = this.record.value();
    const progress = this.progress();
    return record?.status === 'running' && progress ? { ...record, stage: progress.stage, paused: progress.paused, counts: progress.counts } : record;
  });
  readonly progress = computed<IngestionProgress | null>(() => {
    if (!this.running()) return null;
    return (this.live() ? this.told() : this.asked.value()) ?? this.told();
  });
  /** Grows when the list of documents should be read again. */
  readonly documentsChanged = this.documentTick.asReadonly();

  constructor() {
    effect((onCleanup) => {
      const id = this.ingestionId();
      if (!id || !this.running()) return;
      onCleanup(untracked(() => this.follow(id)));
    });
    effect(() => {
      // Where no events come, changed counts say that documents have ended.
      const { counts } = this.asked.value() ?? this.record.value() ?? {};
      JSON.stringify(counts);
      untracked(() => this.documentTick.update((tick) => tick + 1));
    });
  }

  /** Reads it again, after something was asked of it. */
  async refresh(): Promise<void> {
    await this.record.reload();
  }

  private follow(ingestionId: string): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        this.documentTick.update((tick) => tick + 1);
      }, documentsMs);
    };
    const end = this.feed.follow(ingestionId, {
      live: (live) => this.live.set(live),
      event: (event) => {
        if (event.type === 'progress') this.told.set(event.progress);
        else if (event.type === 'ended') this.record.set(event.ingestion);
        soon();
      },
    });
    return () => {
      clearTimeout(timer);
      end();
      this.live.set(false);
      this.told.set(null);
    };
  }
}
