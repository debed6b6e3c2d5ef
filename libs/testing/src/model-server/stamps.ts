/**
 * The monotonic clock in milliseconds. All processes of one machine share it, so a stamp made by the server can be
 * compared with a reading in the client.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Marks a piece of text with the time it is sent. */
export function stamp(text: string): string {
  return `‹t${monotonicMs().toFixed(3)}›${text}`;
}

/** The times, in milliseconds of `monotonicMs`, at which the pieces of a stamped text were sent, in order. */
export function readStamps(text: string): number[] {
  return [...text.matchAll(/‹t(\d+\.\d{3})›/g)].map(([, time]) => Number(time));
}
