import type { ProblemDocument, ProblemIssue } from '@dramatis/contracts/errors';
import type { Translate } from '../../i18n/language';
import { waitingWords } from '../shared/waiting-words';

/** An error that the page can show: `words` say what happened and what to do, `code` is the API's or one of ours. */
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

  /** In the reader's language where the code or the sentence is known; else as the server said it. */
  words(t: Translate): string {
    if (isOneOf(ours, this.code)) return t(`app.problem.${this.code}`, { waiting: waitingWords(t, this.document?.retryAfterSeconds ?? 60) });
    if (this.document !== null) return saidWords(t, this.document);
    if (!isOneOf(madeHere, this.code)) return this.message;
    if (this.code === 'unreachable' && !navigator.onLine) return t('app.problem.offline');
    return t(`app.problem.${this.code}`, { status: this.status });
  }
}

/** What the server said; where it found fields wrong, what is wrong with each. */
function saidWords(t: Translate, { detail, wording, issues = [] }: ProblemDocument): string {
  if (issues.length === 0) return t.said(wording, detail);
  const each = issues.map((issue) => (issue.path === '' ? issueWords(t, issue) : `${issue.path}: ${issueWords(t, issue)}`));
  return t('app.problem.fields', { issues: each.join('; ') });
}

/** What is wrong with one field, to be said after its name. */
export function issueWords(t: Translate, { message, wording }: Omit<ProblemIssue, 'path'>): string {
  return t.said(wording, message);
}

/** The codes whose readers are better served by our words than by the API's, which speak to programmers as well. */
const ours = [
  'too_many_requests',
  'turn_in_progress',
  'unauthenticated',
  'forbidden',
  'conversation_not_found',
  'persona_not_found',
  'internal',
  'workflow_service_unavailable',
  'database_unavailable',
  'search_unavailable',
  'broker_unavailable',
  'rate_limited',
  'too_many_turns',
  'quota_exceeded',
] as const;

/** The codes of what the server did not say itself: no answer, one that is no problem document, an error in the page. */
const madeHere = ['unreachable', 'unavailable', 'not_found', 'not_understood', 'unexpected'] as const;

function isOneOf<Code extends string>(codes: readonly Code[], code: string): code is Code {
  return (codes as readonly string[]).includes(code);
}

export function isProblemDocument(value: unknown): value is ProblemDocument {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<ProblemDocument>;
  return typeof candidate.code === 'string' && typeof candidate.status === 'number' && typeof candidate.detail === 'string';
}

/** A problem from any failed answer: a problem document if the body is one, one of ours otherwise. */
export function problemFromResponse(status: number, body: unknown): Problem {
  if (isProblemDocument(body)) return problemOf(body);
  if (status === 0) return new Problem('unreachable', 'No answer came.');
  if (status === 502 || status === 503 || status === 504) return new Problem('unavailable', 'The server is starting or out of reach.', status);
  if (status === 404) return new Problem('not_found', 'There is nothing at this address.', status);
  return new Problem('not_understood', `The server's answer is not understood (${status}).`, status);
}

export function problemOf(document: ProblemDocument): Problem {
  return new Problem(document.code, document.detail, document.status, document);
}

/** Any thrown value as something that can be shown. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('unexpected', error instanceof Error ? error.message : String(error));
}
