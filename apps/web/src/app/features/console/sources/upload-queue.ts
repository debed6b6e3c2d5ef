import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';

import { Operator } from '../../../core/operator';
import { asProblem } from '../../../core/problem';
import { size } from '../parts/figures';
import { reasonWords } from '../parts/reason-words';
import { FileSender } from './file-sender';
import { maxUploadBytes, maxUploadWords } from './limits';

export interface UploadItem {
  key: number;
  file: File;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  /** How much has been sent, 0-1. */
  share: number;
  uploadId: string | null;
  /** What the server recognised it as, such as pdf. */
  format: string | null;
  /** Why it was not taken. */
  reason: string | null;
  /** Whether sending it once more may help. */
  again: boolean;
}

/** How many files travel side by side. */
const lanes = 3;

/** Files on their way to the server, each on its own: a bad one stops no other. Provided by the form that collects them. */
@Injectable()
export class UploadQueue {
  private readonly t = injectTranslate();
  private readonly sender = inject(FileSender);
  private readonly operator = inject(Operator);
  private readonly list = signal<readonly UploadItem[]>([]);
  private readonly requests = new Map<number, AbortController>();
  private keys = 0;

  readonly items = this.list.asReadonly();
  readonly underWay = computed(() => this.list().filter(({ state }) => state === 'waiting' || state === 'sending').length);
  readonly failed = computed(() => this.list().filter(({ state }) => state === 'failed').length);
  readonly done = computed(() =>
    this.list().flatMap(({ state, uploadId, file }) => (state === 'done' && uploadId ? [{ uploadId, fileName: file.name }] : [])),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.requests.forEach((request) => request.abort()));
  }

  add(files: Iterable<File>): void {
    const added = [...files].map((file): UploadItem => {
      const blank = { key: ++this.keys, file, share: 0, uploadId: null, format: null };
      // What is known to be refused is not sent first.
      if (file.size === 0) return { ...blank, state: 'failed', reason: this.t('sources.theFileIsEmpty'), again: false };
      if (file.size > maxUploadBytes) {
        return { ...blank, state: 'failed', reason: this.t('sources.itHasAtMostAreTakenSplit', { size: size(this.t, file.size), limit: maxUploadWords }), again: false };
      }
      return { ...blank, state: 'waiting', reason: null, again: false };
    });
    this.list.update((items) => [...items, ...added]);
    this.work();
  }

  remove(key: number): void {
    this.requests.get(key)?.abort();
    this.list.update((items) => items.filter((item) => item.key !== key));
  }

  retry(key: number): void {
    this.patch(key, { state: 'waiting', share: 0, reason: null, again: false });
    this.work();
  }

  private work(): void {
    const sending = this.list().filter(({ state }) => state === 'sending').length;
    for (const item of this.list().filter(({ state }) => state === 'waiting').slice(0, lanes - sending)) void this.send(item);
  }

  private async send({ key, file }: UploadItem): Promise<void> {
    const request = new AbortController();
    this.requests.set(key, request);
    this.patch(key, { state: 'sending' });
    try {
      const result = await this.sender.send(file, (share) => this.patch(key, { share }), request.signal);
      if (result.ok) this.patch(key, { state: 'done', share: 1, uploadId: result.uploadId, format: result.format });
      else this.patch(key, { state: 'failed', reason: reasonWords(this.t, result), again: result.code === 'interrupted' });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) this.operator.refused();
      this.patch(key, { state: 'failed', reason: problem.words(this.t), again: problem.passing });
    } finally {
      this.requests.delete(key);
      this.work();
    }
  }

  private patch(key: number, change: Partial<UploadItem>): void {
    this.list.update((items) => items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }
}
