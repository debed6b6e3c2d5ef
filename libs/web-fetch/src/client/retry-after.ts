/** A server that asks for more is not waited for anyway. */
const longestMs = 24 * 60 * 60 * 1_000;

/** What `Retry-After` asks for, seconds or a date, in milliseconds from now; undefined when absent or unreadable. At most a day. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}
