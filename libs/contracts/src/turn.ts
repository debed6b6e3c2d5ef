import { z } from 'zod';
import { turnFailureCode } from './errors.js';
import { formatId } from './format.js';
import { passageId, personaId, uuid } from './ids.js';
import { modeId } from './mode.js';
import { turnCustoms } from './turn-customs.js';
import { wording } from './wording.js';

/** Longest message of a user, in characters. */
export const maxMessageCharacters = 8_000;

export const startTurn = z
  .strictObject({
    requestId: uuid.describe('Made by the client; the same id gives the same turn, never a second one.'),
    text: z.string().trim().min(1).max(maxMessageCharacters),
    mode: modeId.optional().describe("Absent: the conversation's."),
    format: formatId.optional().describe("Absent: the conversation's."),
    parentTurnId: uuid
      .nullable()
      .optional()
      .describe('The turn that the message follows; null begins anew. Another than the last one begins a branch. Absent: the end of the branch that the conversation is on.'),
  })
  .meta({ id: 'StartTurn' });
export type StartTurn = z.infer<typeof startTurn>;

export const regenerateTurn = z
  .strictObject({
    requestId: uuid,
    mode: modeId.optional().describe("Absent: the former reply's."),
    format: formatId.optional().describe("Absent: the former reply's."),
    provider: z.string().min(1).max(60).optional().describe("Which language model is asked first, of the persona's route. Absent: as the route says."),
  })
  .meta({ id: 'RegenerateTurn' });
export type RegenerateTurn = z.infer<typeof regenerateTurn>;

export const startedTurn = z
  .object({
    turnId: uuid,
    workflowId: z.string(),
    queued: z.boolean().describe('Whether the workflow service was out of reach: the turn is kept and starts later.'),
    customs: turnCustoms.optional().describe('The custom mode and format that the turn is pinned to.'),
  })
  .meta({ id: 'StartedTurn' });
export type StartedTurn = z.infer<typeof startedTurn>;

export const turnStatus = z.enum(['running', 'completed', 'cancelled', 'failed']);
export type TurnStatus = z.infer<typeof turnStatus>;

/** A passage that was given to the model; `number` is what `[n]` in the reply refers to. */
export const citation = z.object({
  number: z.number().int().min(1),
  passageId,
  documentId: z.string(),
  documentTitle: z.string(),
  headingPath: z.array(z.string()),
  text: z.string(),
  cited: z.boolean().describe('Whether the reply refers to it.'),
});
export type Citation = z.infer<typeof citation>;

/** What a rule of a mode or format found. `path` names the place, for example `items.2`. */
export const violation = z.object({ rule: z.string(), message: z.string(), wording: wording.optional(), path: z.string().optional() });
export type Violation = z.infer<typeof violation>;

export const verdict = z.object({
  satisfied: z.boolean(),
  violations: z.array(violation),
  repairs: z.array(z.string()).describe('What was mended without a model, in plain words of English.'),
  repairWordings: z.array(wording).optional().describe('The same for other languages, one for each.'),
});
export type Verdict = z.infer<typeof verdict>;

/** One try at one provider. `attempt` grows over the whole turn. */
export const attempt = z.object({
  attempt: z.number().int().min(1),
  provider: z.string(),
  model: z.string(),
  purpose: z.enum(['reply', 'format_correction']),
  outcome: z.enum(['completed', 'failed', 'cancelled']),
  code: turnFailureCode.optional(),
  message: z.string().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  timeToFirstTokenMs: z.number().nullable(),
});
export type Attempt = z.infer<typeof attempt>;

export const tokenUsage = z.object({
  inputTokens: z.number().int().min(0),
  outputTokens: z.number().int().min(0),
  estimated: z.boolean().describe('Whether the provider reported no usage and it was counted here.'),
});
export type TokenUsage = z.infer<typeof tokenUsage>;

/** One retrieved passage's ranks (1 is best, null is not among the candidates) and fused score (0-1, higher is better). */
export const retrievedPassage = z.object({
  passageId,
  score: z.number(),
  lexicalRank: z.number().int().nullable(),
  vectorRank: z.number().int().nullable(),
});
export type RetrievedPassage = z.infer<typeof retrievedPassage>;

export const turnStep = z.object({
  step: z.enum(['load', 'retrieve', 'compose', 'generate', 'validate', 'save']),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  note: z.string().optional(),
  noteWording: wording.optional(),
});
export type TurnStep = z.infer<typeof turnStep>;

/** What a turn was made from: enough to explain the reply, and to make it again. */
export const provenance = z.object({
  workflowId: z.string(),
  personaVersion: z.number().int(),
  corpusVersion: z.number().int(),
  grounded: z.boolean(),
  ungroundedReason: z.enum(['no_corpus', 'no_match', 'search_unavailable']).nullable(),
  retrieved: z.array(retrievedPassage),
  promptHash: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  builtIn: z.boolean().describe('Whether the built-in extractive model answered, since no language model is configured.'),
  attempts: z.array(attempt),
  usage: tokenUsage.nullable(),
  steps: z.array(turnStep),
  formatVerdict: verdict.nullable(),
  modeVerdict: verdict.nullable(),
  removedCitations: z.number().int().describe('Citations that referred to no passage and were removed.'),
  timeToFirstTokenMs: z.number().nullable().describe('From the start of the workflow to the first delta.'),
});
export type Provenance = z.infer<typeof provenance>;

export const turnFailure = z.object({ code: turnFailureCode, message: z.string() });
export type TurnFailure = z.infer<typeof turnFailure>;

export const feedback = z
  .strictObject({ rating: z.enum(['up', 'down']).nullable(), comment: z.string().trim().max(2_000).optional() })
  .meta({ id: 'Feedback' });
export type Feedback = z.infer<typeof feedback>;

export const turn = z
  .object({
    turnId: uuid,
    conversationId: uuid,
    personaId,
    requestId: uuid,
    parentTurnId: uuid.nullable().optional().describe('The turn that it follows; null at the beginning. Absent: the one said before it.'),
    regenerationOf: uuid.nullable().describe('The first turn of the same message, when this one is another try.'),
    mode: modeId,
    format: formatId,
    customs: turnCustoms.optional().describe('The versions of a custom mode or format that the reply was made in.'),
    userText: z.string(),
    status: turnStatus,
    replyText: z.string().nullable().describe("The reply in the format's text grammar; partial when cancelled."),
    replyValue: z.unknown().optional().describe('What the reply says as JSON, where its format has a schema and the reply kept to JSON.'),
    citations: z.array(citation),
    failure: turnFailure.nullable(),
    provenance: provenance.nullable(),
    feedback: feedback.nullable(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Turn' });
export type Turn = z.infer<typeof turn>;
