import { WebFetchError } from '../web-fetch-error.js';
import type { FetchLimits } from './fetch-limits.js';

/** The clocks of one fetch. When one runs out, or the caller aborts, `signal` is aborted with what is to be thrown. */
export interface Deadlines {
  readonly signal: AbortSignal;
  /** A request is sent to this host: its headers are awaited. */
  awaitHeaders(url: URL): void;
  /** Headers, or another piece of the body, arrived. */
  awaitBody(url: URL): void;
  /** What the caller does between two requests is not counted. */
  pause(): void;
  resume(): void;
  stop(): void;
}

export function startDeadlines(limits: FetchLimits, url: URL, caller: AbortSignal | undefined): Deadlines {
  const controller = new AbortController();
  let phase: NodeJS.Timeout | undefined;
  let total: NodeJS.Timeout | undefined;
  let remainingMs = limits.totalMs;
  let startedAt = 0;

  const abort = () => controller.abort(caller!.reason);
  const timedOut = (at: URL, what: string) => controller.abort(new WebFetchError('timed_out', `${at.host} ${what}.`, { url: at.href }));
  const wait = (ms: number, at: URL, what: string) => {
    clearTimeout(phase);
    phase = setTimeout(timedOut, ms, at, what);
  };
  const resume = () => {
    startedAt = performance.now();
    total = setTimeout(timedOut, remainingMs, url, `did not send everything within ${seconds(limits.totalMs)}`);
  };

  if (caller?.aborted) abort();
  else caller?.addEventListener('abort', abort, { once: true });
  resume();

  return {
    signal: controller.signal,
    awaitHeaders: (at) => wait(limits.headersMs, at, `did not answer within ${seconds(limits.headersMs)}`),
    awaitBody: (at) => wait(limits.idleMs, at, `stopped sending for ${seconds(limits.idleMs)}`),
    pause() {
      clearTimeout(phase);
      clearTimeout(total);
      remainingMs = Math.max(1, remainingMs - (performance.now() - startedAt));
    },
    resume,
    stop() {
      clearTimeout(phase);
      clearTimeout(total);
      caller?.removeEventListener('abort', abort);
    },
  };
}

function seconds(ms: number): string {
  return ms === 1_000 ? '1 second' : `${ms / 1_000} seconds`;
}
