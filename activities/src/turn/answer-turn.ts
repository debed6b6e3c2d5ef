import type { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { Context } from '@temporalio/activity';
import { whileHeartbeating } from '../heartbeat.js';
import type { AnsweredTurn, FinishTurnInput, GeneratedReply, PreparedTurn, TurnActivities } from './turn-activities.js';

type Steps = Pick<TurnActivities, 'prepareTurn' | 'generateReply' | 'settleTurn'>;

export interface AnswerTurnDependencies {
  turns: Pick<TurnRepository, 'find'>;
}

/**
 * The whole turn as one activity, which costs no more of Temporal than any activity. Retried as a whole: a turn that an earlier try
 * has stored is not answered again.
 */
export function createAnswerTurn({ turns }: AnswerTurnDependencies, steps: Steps): Pick<TurnActivities, 'answerTurn'> {
  return {
    async answerTurn(input): Promise<AnsweredTurn> {
      const activity = Context.current();
      if (activity.info.attempt > 1) {
        const stored = await turns.find(input.turnId);
        if (stored && stored.status !== 'running') return { status: stored.status };
      }
      const prepared = await whileHeartbeating(activity, () => steps.prepareTurn(input).catch(() => null));
      const provider = prepared?.loaded.route[0]?.provider;
      if (!prepared?.composed || provider === undefined) return { status: null, prepared: null };
      const generated = await steps.generateReply({
        turnId: input.turnId,
        provider,
        promptHash: prepared.composed.promptHash,
        retrieved: { passages: prepared.retrieved.passages, grounded: prepared.retrieved.grounded },
        purpose: 'reply',
        discard: { code: 'internal', reason: 'Beginning again.' },
      });
      const account = accountOf(input.turnId, prepared, generated);
      const settled = await steps.settleTurn({ ...account, draftKey: generated.draftKey, generated }).catch(() => null);
      return settled?.status ? { status: settled.status } : { status: null, prepared, generated, judged: settled?.judged ?? null };
    },
  };
}

function accountOf(turnId: string, { loaded, retrieved, composed }: PreparedTurn, generated: GeneratedReply): Omit<FinishTurnInput, 'status'> {
  const { passages, grounded, ungroundedReason } = retrieved;
  return {
    turnId,
    steps: [loaded.step, retrieved.step, composed!.step, generated.step],
    retrieved: { passages, grounded, ungroundedReason },
    promptHash: composed!.promptHash,
  };
}
