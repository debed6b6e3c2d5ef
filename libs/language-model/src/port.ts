import type { FormatChoice } from '@dramatis/contracts/custom-format';
import type { ModeChoice } from '@dramatis/contracts/custom-mode';
import type { TurnFailureCode } from '@dramatis/contracts/errors';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { TokenUsage, Violation } from '@dramatis/contracts/turn';

export interface ChatMessage {
  role: 'user' | 'assistant';
  content: string;
}

/** A JSON schema that the reply must follow, for providers with structured output. */
export interface OutputSchema {
  /** Letters, digits and underscores. */
  name: string;
  jsonSchema: Record<string, unknown>;
}

/** What the prompt says, before it became text. Vendors' adapters ignore it; the built-in model composes from it. */
export interface Grounding {
  persona: PersonaVersion;
  mode: ModeChoice;
  format: FormatChoice;
  question: string;
  history: { userText: string; replyText: string }[];
  /** In the order of their numbers; `number` is what a citation mark `[n]` refers to. */
  passages: { number: number; text: string; documentTitle: string; headingPath: string[] }[];
}

export interface LanguageModelTimeouts {
  /** From the request to the first piece of text. */
  firstTokenMs: number;
  /** Between two pieces of text. Bytes that carry no text do not count. */
  idleMs: number;
  totalMs: number;
}

export interface LanguageModelRequest {
  system: string;
  messages: ChatMessage[];
  /** Ignored by models whose `structuredOutput` is false. */
  schema?: OutputSchema;
  maxOutputTokens: number;
  timeouts: LanguageModelTimeouts;
  /** Aborting closes the open HTTP stream at once; the stream then throws the signal's reason. */
  signal: AbortSignal;
  /** Absent when no persona is to answer: nothing that the built-in model could do. */
  grounding?: Grounding;
  /** What the former reply violated, when this request asks for a corrected one. */
  violations?: Violation[];
}

export type LanguageModelEvent =
  | { type: 'text'; text: string }
  /**
   * Always the last, exactly once. A stream that ends without it was interrupted, and throws so. Reading on until the
   * iterator is done, instead of leaving at this event, lets the connection be used again.
   */
  | { type: 'end'; usage: TokenUsage | null };

/** One model of one provider. */
export interface LanguageModel {
  /** Provider's id in the route, for example `anthropic`. */
  readonly id: string;
  readonly model: string;
  readonly builtIn: boolean;
  /** Whether `schema` is enforced by the provider; text is then JSON. */
  readonly structuredOutput: boolean;
  readonly contextWindowTokens: number;
  readonly maxOutputTokens: number;
  /** Streams one reply. @throws LanguageModelError, or the signal's reason when aborted. Never retries by itself. */
  stream(request: LanguageModelRequest): AsyncIterable<LanguageModelEvent>;
}

export interface LanguageModelErrorOptions {
  cause?: unknown;
  /** Wait that the provider asked for, in milliseconds. */
  retryAfterMs?: number;
}

/** Codes after which the same provider may succeed later. */
const transient = new Set<TurnFailureCode>([
  'rate_limited',
  'overloaded',
  'unavailable',
  'timed_out',
  'interrupted',
  'malformed_response',
]);

/** Why a provider gave no whole reply. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: TurnFailureCode,
    message: string,
    options: LanguageModelErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether the same request to the same provider may succeed later. */
  get retryable(): boolean {
    return transient.has(this.code);
  }
}
