import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { builtInProviderId } from '@dramatis/language-model/built-in/provider-id';
import { estimateTokens } from '@dramatis/text/tokens';
import type { PromptStore } from '../prompting/prompt-store.js';
import type { FinishTurnInput } from './turn-activities.js';

/**
 * How many tokens language models read and wrote for the turn, for its owner's quota. Replies count as their providers reported them,
 * whether delivered or not; one that was cancelled as much as was seen of it, or cancelling late would be free. What a failing provider
 * may have charged does not, and the built-in model costs nothing.
 */
export async function usedTokens(input: FinishTurnInput, ended: TurnRecord, prompts: Pick<PromptStore, 'latest'>): Promise<number> {
  const replies = [input.generated, input.passedOver].flatMap((reply) => (reply && !reply.builtIn ? [reply] : []));
  const reported = replies.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0);
  return reported + (await cancelledTokens(ended, prompts));
}

async function cancelledTokens({ _id: turnId, endedAttempts, replyText }: TurnRecord, prompts: Pick<PromptStore, 'latest'>): Promise<number> {
  const cancelled = endedAttempts.some(({ outcome, provider }) => outcome === 'cancelled' && provider !== builtInProviderId);
  // A quota is not worth that a turn's end fails.
  const prompt = cancelled ? await prompts.latest(turnId).catch(() => null) : null;
  if (!prompt) return 0;
  const texts = [prompt.system, ...prompt.messages.map(({ content }) => content), replyText ?? ''];
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}
