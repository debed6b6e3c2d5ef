import type { TurnActivities } from './turn-activities.js';

type Steps = Pick<TurnActivities, 'loadTurn' | 'retrievePassages' | 'composePrompt'>;

/** The steps before the generation as one: a local activity costs a turn of the workflow, and each turn costs milliseconds. */
export function createPrepareTurn(steps: Steps): Pick<TurnActivities, 'prepareTurn'> {
  return {
    async prepareTurn(input) {
      const [loaded, retrieved] = await Promise.all([steps.loadTurn(input), steps.retrievePassages(input)]);
      const first = loaded.route[0];
      if (!first) return { loaded, retrieved, composed: null };
      const { passages, grounded } = retrieved;
      const composing = steps.composePrompt({ turnId: input.turnId, provider: first.provider, retrieved: { passages, grounded } });
      // What is wrong with the prompt of one provider may be right with another's: the workflow sees to that.
      return { loaded, retrieved, composed: await composing.catch(() => null) };
    },
  };
}
