import { setTimeout as delay } from 'node:timers/promises';

/** Far beyond what anything takes: a test that needs the time has failed, and is told what it waited for. */
export const patienceMs = 60_000;

/**
 * Asks again and again, and gives the first answer that is neither undefined, null nor false. Errors count as no answer.
 * @param what is awaited, for the message
 * @throws Error that names what was awaited, with the last error as its cause
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  { timeoutMs = patienceMs, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(everyMs);
  } while (Date.now() < deadline);
  throw new Error(`waited ${timeoutMs / 1_000} s for ${what}`, { cause });
}

/** The promise's value. @throws Error that names what was awaited when it takes too long */
export async function within<T>(what: string, promise: Promise<T>, timeoutMs = patienceMs): Promise<T> {
  const late = new AbortController();
  const timeout = delay(timeoutMs, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`waited ${timeoutMs / 1_000} s for ${what}`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    late.abort();
  }
}
