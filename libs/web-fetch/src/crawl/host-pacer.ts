export interface HostPacerOptions {
  /** From the start of one request to a host to the start of the next. Default: 1 second. */
  minIntervalMs?: number;
  /** Requests to one host at once. Default: 2. */
  concurrency?: number;
  /** Longest pause that a host is granted; more is up to who tries again. Default: 1 minute. */
  maxPauseMs?: number;
}

/** Keeps requests to one host apart. Within one process: each of several workers keeps its own pace. */
export interface HostPacer {
  /**
   * Resolves when the host (`example.org:8080`) may be asked, in the order of the calls, with the function to call when the answer is there.
   * `minIntervalMs` widens the pacer's own, as a crawl delay does.
   * @throws the signal's reason
   */
  acquire(host: string, options?: { minIntervalMs?: number | null; signal?: AbortSignal }): Promise<() => void>;
  /** The host asked for a pause: nobody asks it within the next `ms`. */
  pause(host: string, ms: number): void;
}

interface Waiter {
  minIntervalMs: number;
  start: () => void;
}

interface Lane {
  waiters: Waiter[];
  running: number;
  /** On the monotonic clock. */
  lastStartAt: number;
  pausedUntil: number;
  timer: NodeJS.Timeout | undefined;
}

/** With so many hosts, those that were not asked for a minute are forgotten. */
const maxIdleLanes = 1_000;

export function createHostPacer({ minIntervalMs: ownIntervalMs = 1_000, concurrency = 2, maxPauseMs = 60_000 }: HostPacerOptions = {}): HostPacer {
  const lanes = new Map<string, Lane>();

  function laneOf(host: string): Lane {
    let lane = lanes.get(host);
    if (!lane) {
      if (lanes.size >= maxIdleLanes) forgetIdle();
      lane = { waiters: [], running: 0, lastStartAt: -Infinity, pausedUntil: -Infinity, timer: undefined };
      lanes.set(host, lane);
    }
    return lane;
  }

  function forgetIdle() {
    const now = performance.now();
    for (const [host, lane] of lanes) {
      if (lane.running === 0 && lane.waiters.length === 0 && lane.lastStartAt + 60_000 < now && lane.pausedUntil < now) lanes.delete(host);
    }
  }

  /** Starts who may start, and comes again when the next one may. */
  function advance(lane: Lane) {
    clearTimeout(lane.timer);
    for (let next = lane.waiters[0]; next && lane.running < concurrency; next = lane.waiters[0]) {
      const waitMs = Math.max(lane.lastStartAt + next.minIntervalMs, lane.pausedUntil) - performance.now();
      if (waitMs > 0) {
        lane.timer = setTimeout(advance, Math.ceil(waitMs), lane);
        return;
      }
      lane.waiters.shift();
      lane.running += 1;
      lane.lastStartAt = performance.now();
      next.start();
    }
  }

  return {
    acquire(host, { minIntervalMs, signal } = {}) {
      const lane = laneOf(host);
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const leave = () => {
          lane.waiters.splice(lane.waiters.indexOf(waiter), 1);
          reject(signal!.reason as Error);
          advance(lane);
        };
        const waiter: Waiter = {
          minIntervalMs: Math.max(ownIntervalMs, minIntervalMs ?? 0),
          start() {
            signal?.removeEventListener('abort', leave);
            let released = false;
            resolve(() => {
              if (released) return;
              released = true;
              lane.running -= 1;
              advance(lane);
            });
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        lane.waiters.push(waiter);
        advance(lane);
      });
    },
    pause(host, ms) {
      const lane = laneOf(host);
      lane.pausedUntil = Math.max(lane.pausedUntil, performance.now() + Math.min(ms, maxPauseMs));
    },
  };
}
