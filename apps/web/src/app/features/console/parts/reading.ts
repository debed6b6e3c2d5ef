import { DestroyRef, type Signal, computed, effect, inject, signal, untracked } from '@angular/core';
import { Connectivity } from '../../../core/connectivity';
import { Operator } from '../../../core/operator';
import { type Problem, asProblem } from '../../../core/problem';

/** Something read from the API that a page shows, and reads again when it may have changed. */
export interface Reading<T> {
  /** Undefined until the first answer came. */
  readonly value: Signal<T | undefined>;
  /** Why it could not be read, or not be read again; the value that was read before stands beside it. */
  readonly problem: Signal<Problem | null>;
  /** Whether what is shown belongs to other parameters, and the wanted is on its way. */
  readonly stale: Signal<boolean>;
  /** Reads it once more; what is shown stands until the answer is here. */
  reload(): Promise<void>;
  /** Shows what an action has answered, without reading. */
  set(value: T): void;
}

export interface ReadingOptions<P, T> {
  /** What is wanted; undefined for nothing. Read whenever it changes. */
  params: () => P | undefined;
  load: (params: P, signal: AbortSignal) => Promise<T>;
  /** After how many milliseconds it is read again while the page is looked at; null for not by itself. */
  every?: (value: T) => number | null;
  /** Whether the former value stands while one for other parameters comes. */
  keep?: boolean;
  /** How soon a server that was out of reach is asked again by itself. Default: 5 seconds. */
  againMs?: number;
}

interface State<T> {
  value: T | undefined;
  problem: Problem | null;
  loading: boolean;
  /** The parameters that the value belongs to. */
  of: string | undefined;
}

/** To be called in an injection context; ends with it. A token that is no longer accepted signs the operator out. */
export function reading<P, T>({ params, load, every, keep = false, againMs = 5_000 }: ReadingOptions<P, T>): Reading<T> {
  const operator = inject(Operator);
  const { online } = inject(Connectivity);
  const state = signal<State<T>>({ value: undefined, problem: null, loading: false, of: undefined });
  const wanted = computed(() => JSON.stringify(params()));
  let request: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** @param quietly whether a problem stands until it is known to be over */
  async function run(quietly = false): Promise<void> {
    const of = wanted();
    const asked = untracked(params);
    request?.abort();
    clearTimeout(timer);
    if (asked === undefined) {
      state.set({ value: undefined, problem: null, loading: false, of: undefined });
      return;
    }
    const own = new AbortController();
    request = own;
    state.update((former) => ({ ...former, loading: true, ...(former.of !== of && !keep && !quietly && { value: undefined, problem: null }) }));
    try {
      const value = await load(asked, own.signal);
      if (!own.signal.aborted) state.set({ value, problem: null, loading: false, of });
    } catch (error) {
      if (own.signal.aborted) return;
      const problem = asProblem(error);
      if (problem.status === 401) operator.refused();
      state.update((former) => ({ ...former, problem, loading: false, ...(former.of !== of && { value: undefined }) }));
    }
    plan();
  }

  function plan(): void {
    clearTimeout(timer);
    const { value, problem } = untracked(state);
    const ownMs = (value === undefined ? null : every?.(value)) ?? 0;
    const pauseMs = problem ? Math.max(ownMs * 3, problem.passing ? againMs : 0) : ownMs;
    if (pauseMs === 0) return;
    timer = setTimeout(() => (document.hidden ? plan() : void run(true)), pauseMs);
  }

  effect(() => {
    wanted();
    untracked(() => void run());
  });
  effect(() => {
    if (online() && untracked(state).problem?.passing) untracked(() => void run());
  });
  inject(DestroyRef).onDestroy(() => {
    request?.abort();
    clearTimeout(timer);
  });

  return {
    value: computed(() => state().value),
    problem: computed(() => state().problem),
    stale: computed(() => state().of !== undefined && state().of !== wanted()),
    reload: () => untracked(() => run()),
    set: (value) => {
      request?.abort();
      state.set({ value, problem: null, loading: false, of: untracked(wanted) });
      plan();
    },
  };
}
