import type { TurnActivities } from './turn-activities.js';

type Steps = Pick<TurnActivities, 'judgeReply' | 'finishTurn'>;

/** The steps after the generation as one. A reply that broke its format is left to the workflow. */
export function createSettleTurn(steps: Steps): Pick<TurnActivities, 'settleTurn'> {
  return {
    async settleTurn(input) {
      const { turnId, draftKey, generated } = input;
      const judged = await steps.judgeReply({ turnId, draftKey });
      // The built-in model would say the same again.
      if (!judged.formatVerdict.satisfied && !generated.builtIn) return { judged, status: null };
      const { step, draftKey: judgedKey, ...verdicts } = judged;
      const { status } = await steps.finishTurn({
        ...input,
        status: 'completed',
        draftKey: judgedKey,
        judged: verdicts,
        steps: [...input.steps, step],
      });
      return { judged, status };
    },
  };
}
