import { schemaOf } from '@dramatis/contracts/format-choice';
import type { Attempt, Citation, Provenance } from '@dramatis/contracts/turn';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { toTurn, type TurnRepository } from '@dramatis/database/conversations/turn-repository';
import type { TurnLedger } from '@dramatis/limits/turn-ledger';
import { findCitations } from '@dramatis/response-format/citations';
import type { Logger } from '@dramatis/telemetry/logger';
import type { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { toActivityFailure } from '../failure-mapping.js';
import { cancelledDraftKey } from '../generation/generate-reply.js';
import type { PromptStore } from '../prompting/prompt-store.js';
import { startStep } from '../step-timer.js';
import type { FinishedTurn, FinishTurnInput, GeneratedReply, TurnActivities } from './turn-activities.js';
import type { TurnContexts } from './turn-context.js';
import { usedTokens } from './used-tokens.js';

export interface FinishTurnDependencies {
  contexts: TurnContexts;
  prompts: PromptStore;
  turns: TurnRepository;
  events: TurnEventStream;
  ledger: TurnLedger;
  logger: Logger;
}

export function createFinishTurn(dependencies: FinishTurnDependencies): Pick<TurnActivities, 'finishTurn'> {
  const { contexts, prompts, turns, events, ledger, logger } = dependencies;
  return {
    async finishTurn(input): Promise<FinishedTurn> {
      const finishStep = startStep('save');
      const { turnId } = input;
      try {
        const [text, given, record] = await Promise.all([
          textOf(input),
          prompts.citations(turnId),
          recordOf(input),
          prompts.flush(turnId),
        ]);
        const citations = text === null ? [] : markCited(given, text);
        const ending = {
          status: input.status,
          replyText: text,
          ...(await valueOf(input)),
          citations,
          failure: input.failure ?? null,
          provenance: provenanceOf(record, { ...input, steps: [...input.steps, finishStep()] }),
        };
        const ended = await turns.finish(turnId, ending, record);
        const tokens = await usedTokens(input, ended, prompts);
        // In this order: who hears of the end may begin another turn at once, and this one must not be in its way.
        await Promise.all([settle(ended, tokens), tellReaders(ended, input)]);
        return { status: ended.status };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };

  /** Only a turn whose first attempt succeeded has nothing on record that this process does not know. */
  async function recordOf({ turnId, generated, replacesShown }: FinishTurnInput): Promise<TurnRecord> {
    return generated?.attempt === 1 && !replacesShown ? (await contexts.get(turnId)).turn : turns.get(turnId);
  }

  /** Only what keeps to the schema is told as JSON: whoever reads it rests on that. */
  async function valueOf({ turnId, status, draftKey, judged }: FinishTurnInput): Promise<{ replyValue?: unknown }> {
    if (status !== 'completed' || !draftKey || !judged?.formatVerdict.satisfied) return {};
    if (!schemaOf((await contexts.get(turnId)).format)) return {};
    const replyValue = await contexts.value(turnId, draftKey);
    return replyValue === undefined ? {} : { replyValue };
  }

  async function textOf(input: FinishTurnInput): Promise<string | null> {
    if (input.status === 'failed') return null;
    if (input.draftKey) return contexts.draft(input.turnId, input.draftKey);
    // A worker that died while it was cancelled kept no draft; the stream still has what readers saw.
    const kept = await contexts.draft(input.turnId, cancelledDraftKey);
    return kept ?? (await events.visibleText(input.turnId).catch(() => ''));
  }

  /** Frees the turn's place and counts its tokens. Where that fails, the place is free when its lease has run out. */
  async function settle({ _id: turnId, ownerId, endedAt }: TurnRecord, tokens: number): Promise<void> {
    try {
      await ledger.settle({ ownerId, turnId, tokens, endedAt: endedAt ?? new Date() });
    } catch (error) {
      logger.warn({ err: error, turnId }, 'the tokens of the turn are not counted');
    }
  }

  /** Readers who miss this, because the broker is away, are told by the database. */
  async function tellReaders(ended: TurnRecord, input: FinishTurnInput): Promise<void> {
    const { turnId } = input;
    try {
      const changed = input.replacesShown || input.draftKey !== input.generated?.draftKey;
      if (ended.status === 'completed' && input.judged && changed) {
        const { repairs, violations } = input.judged.formatVerdict;
        await events.publish(turnId, { type: 'repaired', text: ended.replyText ?? '', repairs, violations });
      }
      await events.publish(turnId, { type: ended.status as 'completed' | 'cancelled' | 'failed', turn: toTurn(ended) });
    } catch (error) {
      logger.warn({ err: error, turnId }, 'the end of the turn cannot be published');
    }
  }
}

function markCited(citations: Citation[], text: string): Citation[] {
  const cited = new Set(findCitations(text));
  return citations.map((citation) => ({ ...citation, cited: cited.has(citation.number) }));
}

function provenanceOf(record: TurnRecord, input: FinishTurnInput): Provenance {
  const { retrieved, generated, judged } = input;
  const attempts = attemptsOf(record, input);
  return {
    workflowId: record.workflowId,
    personaVersion: record.personaVersion,
    corpusVersion: record.corpusVersion,
    grounded: retrieved?.grounded ?? false,
    ungroundedReason: retrieved?.ungroundedReason ?? null,
    retrieved: retrieved?.passages ?? [],
    promptHash: input.promptHash ?? null,
    provider: (generated ?? attempts.at(-1))?.provider ?? null,
    model: (generated ?? attempts.at(-1))?.model ?? null,
    builtIn: generated?.builtIn ?? false,
    attempts,
    usage: generated?.usage ?? null,
    steps: input.steps,
    formatVerdict: judged?.formatVerdict ?? null,
    modeVerdict: judged?.modeVerdict ?? null,
    removedCitations: judged?.removedCitations ?? 0,
    timeToFirstTokenMs: generated?.sinceMessageMs ?? null,
  };
}

function attemptsOf(record: TurnRecord, { generated, passedOver }: FinishTurnInput): Attempt[] {
  const completed = [generated, passedOver].flatMap((reply) => (reply ? [attemptOf(reply)] : []));
  const attempts = [...record.endedAttempts, ...completed].sort((a, b) => a.attempt - b.attempt);
  return attempts.map((attempt, index) => (Number.isFinite(attempt.attempt) ? attempt : { ...attempt, attempt: index + 1 }));
}

function attemptOf(reply: GeneratedReply): Attempt {
  const { provider, model, purpose, startedAt, endedAt, timeToFirstTokenMs } = reply;
  // Where the broker was away, nobody counted: the reply came after all that is on record.
  const attempt = reply.attempt ?? Infinity;
  return { attempt, provider, model, purpose, outcome: 'completed', startedAt, endedAt, timeToFirstTokenMs };
}
