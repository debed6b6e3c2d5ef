import type { TurnFailureCode } from '@dramatis/contracts/errors';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type {
  Provenance,
  RetrievedPassage,
  TokenUsage,
  TurnFailure,
  TurnStatus,
  TurnStep,
  Verdict,
  Violation,
} from '@dramatis/contracts/turn';
import type { EndedAttempt } from '../generation/attempt-scope.js';

/** A provider of the route, as the workflow and its operators see it. */
export interface ProviderStep {
  provider: string;
  model: string;
  builtIn: boolean;
}

export interface LoadedTurn {
  personaName: string;
  mode: ModeId;
  format: FormatId;
  personaVersion: number;
  corpusVersion: number;
  /** In order of preference. */
  route: ProviderStep[];
  step: TurnStep;
}

export interface RetrievedPassages {
  /** Best first. Their text travels by id. */
  passages: RetrievedPassage[];
  grounded: boolean;
  ungroundedReason: Provenance['ungroundedReason'];
  step: TurnStep;
}

export interface ComposePromptInput {
  turnId: string;
  provider: string;
  retrieved: Pick<RetrievedPassages, 'passages' | 'grounded'>;
  /** For the second try of a reply that broke its format. */
  correction?: { draftKey: string; violations: Violation[] };
}

/** Everything that a turn needs before a provider can be asked. */
export interface PreparedTurn {
  loaded: LoadedTurn;
  retrieved: RetrievedPassages;
  /** The prompt for the route's first provider; null where it could not be composed beforehand. */
  composed: ComposedTurnPrompt | null;
}

export interface ComposedTurnPrompt {
  promptHash: string;
  step: TurnStep;
}

export interface GenerateReplyInput {
  turnId: string;
  provider: string;
  promptHash: string;
  /** What the prompt was composed from, for a worker that has to compose it again. */
  retrieved: ComposePromptInput['retrieved'];
  correction?: ComposePromptInput['correction'];
  purpose: 'reply' | 'format_correction';
  /** Why the generation before this one, of another provider or purpose, is void. */
  discard: { code: TurnFailureCode | 'format_violation'; reason: string };
}

export interface GeneratedReply {
  /** Where the text is kept, in the turn's workspace. */
  draftKey: string;
  /** Number of the attempt over the whole turn; null where the event broker could not count. */
  attempt: number | null;
  provider: string;
  model: string;
  builtIn: boolean;
  purpose: GenerateReplyInput['purpose'];
  usage: TokenUsage;
  startedAt: string;
  endedAt: string;
  /** From the beginning of this attempt, in milliseconds. */
  timeToFirstTokenMs: number;
  /** From the user's message to the first piece of this reply, in milliseconds. */
  sinceMessageMs: number;
  step: TurnStep;
}

export interface JudgedDraft {
  /** Where the text with its repairs is kept. */
  draftKey: string;
  formatVerdict: Verdict;
  modeVerdict: Verdict;
  removedCitations: number;
  step: TurnStep;
}

export interface FinishTurnInput {
  turnId: string;
  status: Exclude<TurnStatus, 'running'>;
  /** Absent: for a cancelled turn the text that readers saw, for a failed one none. */
  draftKey?: string;
  failure?: TurnFailure;
  retrieved?: Pick<RetrievedPassages, 'passages' | 'grounded' | 'ungroundedReason'>;
  promptHash?: string;
  generated?: GeneratedReply;
  /** A whole reply that was not delivered, since the other one kept the format better. */
  passedOver?: GeneratedReply;
  /** Whether readers were shown another reply last. */
  replacesShown?: boolean;
  judged?: Pick<JudgedDraft, 'formatVerdict' | 'modeVerdict' | 'removedCitations'>;
  steps: TurnStep[];
}

export interface FinishedTurn {
  status: TurnStatus;
}

export interface SettleTurnInput extends Omit<FinishTurnInput, 'status' | 'judged' | 'failure'> {
  draftKey: string;
  generated: GeneratedReply;
}

export interface SettledTurn {
  judged: JudgedDraft;
  /** Null when the reply broke its format and was not delivered: a correction may be asked for. */
  status: TurnStatus | null;
}

/**
 * What became of a turn that was tried in one activity. Where it is not stored yet, what there is of it, for the workflow to go on
 * with: nothing when it could not be prepared, a reply without a verdict when it could not be stored, or one that broke its format.
 */
export type AnsweredTurn =
  | { status: TurnStatus }
  | { status: null; prepared: null }
  | { status: null; prepared: PreparedTurn; generated: GeneratedReply; judged: JudgedDraft | null };

export interface AnswerTurnInput {
  turnId: string;
  /** Saves a read. */
  conversationId?: string;
  /** How an attempt ended that was made before this activity. */
  earlier?: EndedAttempt;
}

/** The answer, where it came soon; otherwise the task queue of the process that goes on with it, or null where none has begun. */
export type BegunAnswer = { answered: AnsweredTurn } | { answered: null; taskQueue: string | null };

/** What the turn's workflow calls. Each takes one object and gives one; text travels by id. */
export interface TurnActivities {
  /** `answerTurn` for as long as a workflow task can wait. Fails as that does; what takes longer goes on in this process. */
  beginAnswer(input: AnswerTurnInput): Promise<BegunAnswer>;
  /** Waits, on the process that began it, for the answer. */
  awaitAnswer(input: AnswerTurnInput): Promise<AnsweredTurn>;
  /**
   * Prepares the turn, has the route's first provider reply, judges and stores: the quick way, when all is well. Fails as that
   * provider does; whatever else is in the way is left to the steps below.
   */
  answerTurn(input: AnswerTurnInput): Promise<AnsweredTurn>;
  /** Loads, retrieves and composes in one step. A turn that this process has prepared, or is preparing, is not prepared again. */
  prepareTurn(input: { turnId: string; conversationId?: string }): Promise<PreparedTurn>;
  /** Reads the turn, its persona in the pinned version, and the conversation so far. */
  loadTurn(input: { turnId: string; conversationId?: string }): Promise<LoadedTurn>;
  /** Finds what the persona's corpus has on the message. */
  retrievePassages(input: { turnId: string; conversationId?: string }): Promise<RetrievedPassages>;
  /** Fits persona, mode, format, passages, history and message into the provider's context window. */
  composePrompt(input: ComposePromptInput): Promise<ComposedTurnPrompt>;
  /** Streams one reply of one provider to the turn's readers. Never retries by itself. */
  generateReply(input: GenerateReplyInput): Promise<GeneratedReply>;
  /** Holds the draft against its format and mode, and mends what needs no model. */
  judgeReply(input: { turnId: string; draftKey: string }): Promise<JudgedDraft>;
  /** Judges and, unless the format is broken, finishes in one step. */
  settleTurn(input: SettleTurnInput): Promise<SettledTurn>;
  /** Stores the end of the turn and tells its readers. Idempotent: a turn ends once. */
  finishTurn(input: FinishTurnInput): Promise<FinishedTurn>;
}
