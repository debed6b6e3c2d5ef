import { Component, DestroyRef, type ElementRef, computed, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { PersonaImportPreview } from '@dramatis/contracts/persona-import';
import { injectTranslate } from '../../../../i18n/language';
import { Notifier } from '../../../core/notifier';
import { Operator } from '../../../core/operator';
import { asProblem, type Problem } from '../../../core/problem';
import { randomId } from '../../../core/random-id';
import { staying } from '../../../core/staying';
import { ExchangeApi } from '../api/exchange-api';
import { FileDrop } from '../parts/file-drop';
import { size } from '../parts/figures';
import { TableSkeleton } from '../parts/table-skeleton';
import { ImportPreview } from './import-preview';

const megabyte = 1_000_000;

/** Takes a card or a bundle, shows what would be made of it, and makes the draft. */
@Component({
  selector: 'dr-import-page',
  imports: [FileDrop, ImportPreview, RouterLink, TableSkeleton],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
})
export class ImportPage {
  private readonly api = inject(ExchangeApi);
  private readonly router = inject(Router);
  private readonly notifier = inject(Notifier);
  private readonly operator = inject(Operator);
  protected readonly t = injectTranslate();
  private readonly result = viewChild<ElementRef<HTMLElement>>('result');

  protected readonly file = signal<File | null>(null);
  protected readonly preview = signal<PersonaImportPreview | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly tooMany = signal(false);
  protected readonly making = signal(false);
  protected readonly knowledge = signal(true);
  /** Of the file as it was chosen: trying again makes no second persona. */
  private requestId = randomId();
  private reading: AbortController | null = null;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.reading?.abort());
  }

  protected readonly limits = computed(() => ({ card: size(this.t, 32 * megabyte), bundle: size(this.t, 100 * megabyte) }));

  protected take(files: File[]): void {
    this.tooMany.set(files.length > 1);
    if (files.length > 1) return;
    this.file.set(files[0]!);
    this.requestId = randomId();
    void this.read();
  }

  protected async read(): Promise<void> {
    const file = this.file();
    if (file === null) return;
    this.reading?.abort();
    const { signal } = (this.reading = new AbortController());
    this.preview.set(null);
    this.problem.set(null);
    try {
      const preview = await this.api.preview(file, signal);
      this.preview.set(preview);
      this.knowledge.set(true);
      // Who chose by keyboard goes on from what came of it.
      setTimeout(() => this.result()?.nativeElement.focus());
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  protected async make(): Promise<void> {
    const file = this.file();
    if (file === null || this.making()) return;
    const stays = staying(this.router);
    this.making.set(true);
    this.problem.set(null);
    try {
      const { personaId, persona, ingestion } = await this.api.import(file, { requestId: this.requestId, knowledge: this.knowledge() });
      if (stays()) await this.router.navigate(['/console/corpora', personaId, ...(ingestion === null ? [] : ['runs', ingestion.ingestionId])]);
      this.notifier.tell(this.t('exchange.made', { name: persona.name }));
    } catch (error) {
      this.fail(error);
    } finally {
      this.making.set(false);
    }
  }

  protected startOver(): void {
    this.reading?.abort();
    this.file.set(null);
    this.preview.set(null);
    this.problem.set(null);
  }

  private fail(error: unknown): void {
    const problem = asProblem(error);
    if (problem.status === 401) this.operator.refused();
    this.problem.set(problem);
  }
}
