import type { ProblemDocument } from '@dramatis/contracts/errors';

/** An error that the page can show: `message` says what happened and what to do, `code` is the API's or one of ours. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    message: string,
    /** HTTP status, or 0 when no answer came at all. */
    readonly status: number = 0,
    readonly document: ProblemDocument | null = null,
  ) {
    super(message);
  }

  /** Whether the same request may well succeed later: no answer, too many requests, or the server's own trouble. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Words for the codes whose readers are better served by ours than by the API's detail. */
const words: Record<string, string> = {
  too_many_requests: 'You are asking faster than this installation allows. Wait a moment and try again.',
  turn_in_progress: 'A reply is still being written in this conversation. Wait for it or stop it first.',
  unauthenticated: 'You are not signed in, or not any more. Sign in, or reload the page to go on as a guest.',
  forbidden: 'This takes more rights than you have here.',
  conversation_not_found: 'There is no such conversation, or it belongs to another session.',
  persona_not_found: 'There is no such persona. It may have been withdrawn.',
  internal: 'Something went wrong on the server. Your text is kept; try again in a moment.',
  workflow_service_unavailable: 'The service that writes replies cannot be reached at the moment. Try again shortly.',
  database_unavailable: 'The database cannot be reached at the moment. Try again shortly.',
  search_unavailable: 'The search service cannot be reached at the moment. Try again shortly.',
  broker_unavailable: 'The live connection to the server is down at the moment. Try again shortly.',
};

export function isProblemDocument(value: unknown): value is ProblemDocument {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<ProblemDocument>;
  return typeof candidate.code === 'string' && typeof candidate.status === 'number' && typeof candidate.detail === 'string';
}

export function problemOf(document: ProblemDocument): Problem {
  return new Problem(document.code, words[document.code] ?? document.detail, document.status, document);
}

/** A problem from any failed answer: a problem document if the body is one, plain words otherwise. */
export function problemFromResponse(status: number, body: unknown): Problem {
  if (isProblemDocument(body)) return problemOf(body);
  if (status === 0) {
    const offline = typeof navigator !== 'undefined' && !navigator.onLine;
    return new Problem(
      'unreachable',
      offline
        ? 'You are offline. Everything typed is kept until the connection is back.'
        : 'The server cannot be reached. Check the connection and try again.',
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return new Problem('unavailable', 'The server is starting or out of reach. Try again in a moment.', status);
  }
  if (status === 404) return new Problem('not_found', 'There is nothing at this address.', status);
  return new Problem('unexpected', `The server gave an answer that this page does not understand (${status}).`, status);
}

/** Any thrown value as something that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('unexpected', 'Something went wrong in this page. Reload it; what you typed is kept.');
}
