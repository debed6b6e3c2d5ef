import type { IncomingHttpHeaders } from 'node:http';
import type { ModelRequest } from './wire-format.js';

/** How the connection of a request ended: still open, in order, closed by the client, or cut by this server. */
export type RequestOutcome = 'open' | 'finished' | 'aborted' | 'cut';

/** A request that the model server got, as tests look at it. */
export class RecordedRequest {
  outcome: RequestOutcome = 'open';
  /** Text events written so far. */
  piecesSent = 0;
  /** Reading of `monotonicMs` when the connection ended; null while it is open. */
  closedAtMs: number | null = null;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  private readonly resolveClosed: () => void;

  constructor(
    readonly id: number,
    readonly vendor: 'anthropic' | 'openai',
    readonly headers: IncomingHttpHeaders,
    /** The body as it came, parsed from JSON. */
    readonly body: unknown,
    readonly request: ModelRequest,
    readonly receivedAtMs: number,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.resolveClosed = resolve;
  }

  /** Whether the client closed the connection before the response was whole. */
  get aborted(): boolean {
    return this.outcome === 'aborted';
  }

  close(outcome: RequestOutcome, atMs: number): void {
    if (this.outcome !== 'open') return;
    this.outcome = outcome;
    this.closedAtMs = atMs;
    this.resolveClosed();
  }

  toJSON(): Record<string, unknown> {
    const { id, vendor, request, body, outcome, aborted, piecesSent, receivedAtMs, closedAtMs } = this;
    return { id, vendor, request, body, outcome, aborted, piecesSent, receivedAtMs, closedAtMs };
  }
}
