import { computed, signal } from '@angular/core';
import { type Problem, asProblem } from '../core/problem';

export interface ListPage<T> {
  items: T[];
  total: number;
}

/** Reads `limit` items from `offset` on, in a stable order. */
export type ReadPage<T> = (range: { offset: number; limit: number }, signal: AbortSignal) => Promise<ListPage<T>>;

type Reading = 'first' | 'more' | 'again';

interface State<T> {
  /** Null until the first page of the first list came. */
  items: readonly T[] | null;
  total: number;
  reading: Reading | null;
  problem: Problem | null;
}

/**
 * A list read page by page. Opening another one aborts what is no longer wanted and leaves the old items standing,
 * as `stale`, until the new ones or a problem come.
 */
export class PagedList<T> {
  private readonly state = signal<State<T>>({ items: null, total: 0, reading: null, problem: null });
  private read: ReadPage<T> | null = null;
  private request: AbortController | null = null;

  readonly items = computed(() => this.state().items);
  /** How many there are on the server, read or not. */
  readonly total = computed(() => this.state().total);
  readonly problem = computed(() => this.state().problem);
  /** Whether the items stand only until those of the list opened last come. */
  readonly stale = computed(() => this.state().reading === 'first' && this.state().items !== null);
  readonly readingMore = computed(() => this.state().reading === 'more');
  readonly hasMore = computed(() => (this.state().items?.length ?? 0) < this.state().total);

  /** @param keyOf tells items apart: a list that changes between two pages must not show one of them twice */
  constructor(
    private readonly keyOf: (item: T) => string,
    private readonly pageSize: number,
  ) {}

  open(read: ReadPage<T>): Promise<void> {
    this.read = read;
    return this.run('first', 0, this.pageSize);
  }

  more(): Promise<void> {
    const { items, reading } = this.state();
    if (!items || reading || !this.hasMore()) return Promise.resolve();
    return this.run('more', items.length, this.pageSize);
  }

  /** Reads what is shown once more, without a sign of it; when that fails, what is shown stays. */
  refresh(): Promise<void> {
    const { items, reading } = this.state();
    if (!items || reading) return Promise.resolve();
    return this.run('again', 0, Math.min(100, Math.max(this.pageSize, items.length)));
  }

  /** Tries again what failed last. */
  retry(): Promise<void> {
    const { items, problem } = this.state();
    if (!problem || !this.read) return Promise.resolve();
    if (items === null) return this.run('first', 0, this.pageSize);
    this.patch({ problem: null });
    return this.more();
  }

  /** Replaces one item; unknown keys change nothing. */
  replace(item: T): void {
    this.change((items) => items.map((other) => (this.keyOf(other) === this.keyOf(item) ? item : other)));
  }

  remove(key: string): void {
    const before = this.state().items?.length ?? 0;
    this.change((items) => items.filter((item) => this.keyOf(item) !== key));
    const removed = before - (this.state().items?.length ?? 0);
    this.patch({ total: Math.max(0, this.state().total - removed) });
  }

  /** Stops what is under way. */
  close(): void {
    this.request?.abort();
    this.request = null;
    this.patch({ reading: null });
  }

  private change(next: (items: readonly T[]) => readonly T[]): void {
    const { items, reading } = this.state();
    if (!items) return;
    // An answer from before the change would undo it.
    if (reading === 'again') this.close();
    this.patch({ items: next(items) });
  }

  private async run(reading: Reading, offset: number, limit: number): Promise<void> {
    const { read } = this;
    if (!read) return;
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.patch({ reading, problem: reading === 'again' ? this.state().problem : null });
    try {
      const page = await read({ offset, limit }, request.signal);
      if (request.signal.aborted) return;
      const items = reading === 'more' ? this.withoutRepeats(page.items) : this.withRest(reading, page);
      this.patch({ items, total: page.items.length === 0 ? items.length : page.total, reading: null, problem: null });
    } catch (error) {
      if (request.signal.aborted) return;
      if (reading === 'again') this.patch({ reading: null });
      else this.patch({ reading: null, problem: asProblem(error), ...(reading === 'first' && { items: null, total: 0 }) });
    }
  }

  private withoutRepeats(next: readonly T[]): T[] {
    const shown = this.state().items ?? [];
    const keys = new Set(shown.map(this.keyOf));
    return [...shown, ...next.filter((item) => !keys.has(this.keyOf(item)))];
  }

  /** Reading again covers the first hundred at most; what was read beyond them stays. */
  private withRest(reading: Reading, page: ListPage<T>): readonly T[] {
    const shown = this.state().items ?? [];
    if (reading === 'first' || shown.length <= page.items.length || page.items.length < 100) return page.items;
    const keys = new Set(page.items.map(this.keyOf));
    return [...page.items, ...shown.slice(page.items.length).filter((item) => !keys.has(this.keyOf(item)))];
  }

  private patch(change: Partial<State<T>>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }
}
