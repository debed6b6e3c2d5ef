/** What each error of the chain says, for the log: what comes from outside, such as an outage, needs no stack of ours. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? [error.message, ...(error.cause === undefined ? [] : [reasonOf(error.cause)])].join(': ') : String(error);
}
