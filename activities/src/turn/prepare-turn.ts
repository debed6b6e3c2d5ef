import { LRUCache } from 'lru-cache';
import type { PreparedTurn, TurnActivities } from './turn-activities.js';

type Steps = Pick<TurnActivities, 'loadTurn' | 'retrievePassages' | 'composePrompt'>;

const rememberedTurns = 500;

/**
 * The steps before the generation as one: a local activity costs a turn of the workflow, and each turn costs milliseconds. A turn is
 * pinned to the versions it reads, so what was prepared once is as good the second time.
 */
export function createPrepareTurn(steps: Steps): Pick<TurnActivities, 'prepareTurn'> {
  const remembered = new LRUCache<string, Promise<PreparedTurn>>({ max: rememberedTurns });

  async function prepare(input: { turnId: string; conversationId?: string }): Promise<PreparedTurn> {
    const [loaded, retrieved] = await Promise.all([steps.loadTurn(input), steps.retrievePassages(input)]);
    const first = loaded.route[0];
    if (!first) return { loaded, retrieved, composed: null };
    const { passages, grounded } = retrieved;
    const composing = steps.composePrompt({ turnId: input.turnId, provider: first.provider, retrieved: { passages, grounded } });
    // What is wrong with the prompt of one provider may be right with another's: the workflow sees to that.
    return { loaded, retrieved, composed: await composing.catch(() => null) };
  }

  return {
    prepareTurn(input) {
      const known = remembered.get(input.turnId);
      if (known) return known;
      const preparing = prepare(input);
      remembered.set(input.turnId, preparing);
      preparing.catch(() => remembered.delete(input.turnId));
      return preparing;
    },
  };
}
