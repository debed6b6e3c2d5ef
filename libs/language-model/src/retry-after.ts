/**
 * The wait that a response asks for, in milliseconds, or undefined when it asks for none that can be read.
 * Understands `retry-after-ms`, and `retry-after` as seconds or as an HTTP date. Never negative.
 */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const milliseconds = number(headers?.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const value = headers?.get('retry-after');
  const seconds = number(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1_000);
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(value: string | null | undefined): number | undefined {
  return value && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
