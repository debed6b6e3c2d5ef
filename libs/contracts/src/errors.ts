import { z } from 'zod';
import { type ProblemKey, problemTexts } from './problem-texts.js';
import { inWords, type ParamsOf, type SentenceParams } from './sentence.js';
import { turnFailureCodes } from './turn-failure-codes.js';
import { type Wording, wording } from './wording.js';

/**
 * Every code that an error of Dramatis can carry, with the HTTP status it maps to.
 * Codes are stable: clients may branch on them, messages may change.
 */
export const errorStatus = {
  invalid_request: 400,
  malformed_json: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  sign_in_failed: 401,
  forbidden: 403,
  wrong_password: 403,
  sign_in_again: 403,
  account_disabled: 403,
  email_not_verified: 403,
  not_found: 404,
  persona_not_found: 404,
  persona_draft_not_found: 404,
  avatar_not_found: 404,
  account_not_found: 404,
  session_not_found: 404,
  identity_provider_not_found: 404,
  api_key_not_found: 404,
  conversation_not_found: 404,
  turn_not_found: 404,
  share_not_found: 404,
  mode_not_found: 404,
  format_not_found: 404,
  source_not_found: 404,
  ingestion_not_found: 404,
  passage_not_found: 404,
  document_not_found: 404,
  revision_not_found: 404,
  upload_not_found: 404,
  corpus_version_not_found: 404,
  reproduction_not_found: 404,
  entity_not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  persona_exists: 409,
  email_taken: 409,
  account_not_confirmed: 409,
  too_many_api_keys: 409,
  last_admin: 409,
  turn_in_progress: 409,
  turn_finished: 409,
  turn_not_finished: 409,
  request_id_reused: 409,
  nothing_to_share: 409,
  ingestion_in_progress: 409,
  ingestion_ended: 409,
  ingestion_not_ended: 409,
  nothing_to_retry: 409,
  source_removed: 409,
  persona_changed: 409,
  persona_draft_changed: 409,
  preview_not_shared: 409,
  mode_exists: 409,
  mode_changed: 409,
  format_exists: 409,
  format_changed: 409,
  corpus_version_unavailable: 409,
  corpus_check_failed: 409,
  corpus_not_profiled: 409,
  payload_too_large: 413,
  import_too_large: 413,
  unsupported_media_type: 415,
  image_not_supported: 415,
  image_damaged: 422,
  image_too_large: 422,
  persona_unavailable: 422,
  mode_not_supported: 422,
  format_not_supported: 422,
  provider_not_offered: 422,
  embedder_not_configured: 422,
  password_too_weak: 422,
  import_not_recognised: 422,
  import_damaged: 422,
  import_refused: 422,
  link_invalid: 422,
  too_many_requests: 429,
  too_many_images: 429,
  rate_limited: 429,
  too_many_turns: 429,
  quota_exceeded: 429,
  internal: 500,
  workflow_service_unavailable: 503,
  database_unavailable: 503,
  search_unavailable: 503,
  broker_unavailable: 503,
  storage_unavailable: 503,
  identity_provider_unavailable: 503,
  mail_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Why a turn ended as `failed`, or why one attempt at a provider ended without a reply. */
export const turnFailureCode = z.enum(turnFailureCodes);
export type TurnFailureCode = z.infer<typeof turnFailureCode>;

/** One thing wrong with the input: `path` is a JSON pointer without the leading slash. */
export const problemIssue = z.object({ path: z.string(), message: z.string(), wording: wording.optional() });
export type ProblemIssue = z.infer<typeof problemIssue>;

/** RFC 9457 problem document with a stable `code`; also the body of a failed socket acknowledgement. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().describe('What was wrong and what to do, in one or two sentences of English.'),
    wording: wording.optional().describe('The same for other languages: the sentence is a key under `problems`.'),
    instance: z.string().optional(),
    requestId: z.string().optional(),
    issues: z.array(problemIssue).optional(),
    turnId: z.string().optional().describe('The running turn, with code turn_in_progress.'),
    retryAfterSeconds: z.number().int().optional().describe('When it is worth to try again, with codes rate_limited and quota_exceeded.'),
  })
  .meta({ id: 'ProblemDocument' });
export type ProblemDocument = z.infer<typeof problemDocument>;

export interface DomainErrorOptions {
  cause?: unknown;
  issues?: ProblemIssue[];
  /** The running turn, with code `turn_in_progress`. */
  turnId?: string;
  /** When it is worth to try again. */
  retryAfterSeconds?: number;
}

/** The code that a problem's sentence belongs to: what stands before the name of its own. */
type CodeOf<Key extends ProblemKey> = Key extends `${infer Code}.${string}` ? Code : Key;

/** What follows the key: the values of its sentence, which may be left out where there are none, and the options. */
type DomainErrorArguments<Key extends ProblemKey> =
  ParamsOf<(typeof problemTexts)[Key]> extends Record<string, never>
    ? [params?: Record<string, never>, options?: DomainErrorOptions]
    : [params: ParamsOf<(typeof problemTexts)[Key]>, options?: DomainErrorOptions];

/**
 * An error that Dramatis raised on purpose, named by its sentence: `new DomainError('persona_not_found', { personaId })`. The API maps it
 * to a problem document, activities to a Temporal failure.
 */
export class DomainError<Key extends ProblemKey = ProblemKey> extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly wording: Wording;
  readonly issues: ProblemIssue[] | undefined;
  readonly turnId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(key: Key, ...[params = {}, options = {}]: DomainErrorArguments<Key>) {
    super(inWords(problemTexts[key], params), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = codeOf(key);
    this.wording = problemWording(key, params);
    this.issues = options.issues;
    this.turnId = options.turnId;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** An error that was raised elsewhere, as by an activity, with what it said there. */
  static heard(code: ErrorCode, message: string, options: { wording?: Wording | undefined; cause?: unknown }): DomainError {
    const error = new DomainError('internal', {}, { cause: options.cause });
    return Object.assign(error, { code, message, wording: options.wording ?? problemWording(code) });
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

export function problemWording(key: ProblemKey, params: SentenceParams = {}): Wording {
  return { key: `problems.${key}`, params };
}

function codeOf<Key extends ProblemKey>(key: Key): CodeOf<Key> {
  return key.split('.', 1)[0] as CodeOf<Key>;
}

/** A problem document that says the sentence, which takes no values. */
export function problemFor(code: ErrorCode, key: ProblemKey = code): ProblemDocument {
  return toProblem(code, problemTexts[key], { wording: problemWording(key) });
}

/** Shapes any code and detail as a problem document. */
export function toProblem(code: ErrorCode, detail: string, extra: Partial<ProblemDocument> = {}): ProblemDocument {
  return {
    type: `urn:dramatis:problem:${code}`,
    title: code.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase()),
    status: errorStatus[code],
    code,
    detail,
    ...extra,
  };
}
