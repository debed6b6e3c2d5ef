export interface FetchLimits {
  /** Default: 5. */
  maxRedirects: number;
  /** Of the body, as sent and as unpacked. Default: 20 MB. */
  maxBytes: number;
  /** From the call to the last byte, redirects included. Default: 60 seconds. */
  totalMs: number;
  /** From a request to its headers, with the look-up of the name and the connection. Default: 15 seconds. */
  headersMs: number;
  /** Between two pieces of the body. Default: 10 seconds. */
  idleMs: number;
}

export const defaultFetchLimits: Readonly<FetchLimits> = {
  maxRedirects: 5,
  maxBytes: 20_000_000,
  totalMs: 60_000,
  headersMs: 15_000,
  idleMs: 10_000,
};
