import type {
  GeneratedReply,
  GenerateReplyInput,
  JudgedDraft,
  LoadedTurn,
  ProviderStep,
  RetrievedPassages,
} from '@dramatis/activities/turn/turn-activities';
import type { TurnStep } from '@dramatis/contracts/turn';
import { CancellationScope, isCancellation, log, setCurrentDetails } from '@temporalio/workflow';
import { TurnFailedError, turnFailureOf } from './turn-failure.js';
import { turnSteps } from './turn-steps.js';

export interface GenerationInput {
  turnId: string;
  loaded: LoadedTurn;
  retrieved: RetrievedPassages;
  /** Each step is noted here as it ends, also when a later one fails. */
  steps: TurnStep[];
}

export interface AcceptedReply {
  promptHash: string;
  generated: GeneratedReply;
  judged: JudgedDraft;
  /** A whole reply that was not delivered, since the other one kept the format better. */
  passedOver?: GeneratedReply;
  /** Whether readers were shown something else last, so that they must be shown this. */
  replacesShown?: boolean;
}

type Discard = GenerateReplyInput['discard'];

/** Asks the route's providers in turn until one gives a reply. @throws TurnFailedError when none did. */
export async function generateWithFallback(input: GenerationInput): Promise<AcceptedReply> {
  let discard: Discard = { code: 'internal', reason: 'Beginning again.' };
  let failure = new TurnFailedError({ code: 'no_provider', message: 'No language model provider is configured.' });
  for (const [index, provider] of input.loaded.route.entries()) {
    setCurrentDetails(`Waiting for **${provider.provider}** (${provider.model}), provider ${index + 1} of ${input.loaded.route.length} in the route.`);
    try {
      return await replyInFormat(input, provider, discard);
    } catch (error) {
      if (isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
      failure = new TurnFailedError(turnFailureOf(error));
      discard = { code: failure.failure.code, reason: failure.failure.message };
      log.warn('provider gave no reply', { provider: provider.provider, code: failure.failure.code });
    }
  }
  throw failure;
}

/** One provider's reply; told once what it violated. Of two that violate the format, the better one. */
async function replyInFormat(input: GenerationInput, provider: ProviderStep, discard: Discard): Promise<AcceptedReply> {
  const first = await reply(input, provider, { purpose: 'reply', discard });
  const { violations, satisfied } = first.judged.formatVerdict;
  if (satisfied || provider.builtIn) return first;
  setCurrentDetails(`Waiting for **${provider.provider}** (${provider.model}) to correct ${violations.length} violations of the format.`);
  try {
    const second = await reply(input, provider, {
      purpose: 'format_correction',
      violations,
      correction: { draftKey: first.generated.draftKey, violations },
      discard: { code: 'format_violation', reason: 'The reply did not keep its format; asking once more.' },
    });
    return second.judged.formatVerdict.violations.length <= violations.length
      ? { ...second, passedOver: first.generated }
      : { ...first, passedOver: second.generated, replacesShown: true };
  } catch (error) {
    if (isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
    return { ...first, replacesShown: true };
  }
}

interface Try extends Pick<GenerateReplyInput, 'purpose' | 'violations' | 'discard'> {
  correction?: { draftKey: string; violations: NonNullable<GenerateReplyInput['violations']> };
}

async function reply(input: GenerationInput, provider: ProviderStep, { correction, ...request }: Try): Promise<AcceptedReply> {
  const { turnId, retrieved, steps } = input;
  const { passages, grounded } = retrieved;
  const composed = await turnSteps.composePrompt({
    turnId,
    provider: provider.provider,
    retrieved: { passages, grounded },
    ...(correction ? { correction } : {}),
  });
  steps.push(composed.step);
  const { promptHash } = composed;
  const generated = await turnSteps.generateReply({ turnId, provider: provider.provider, promptHash, ...request });
  steps.push(generated.step);
  const judged = await turnSteps.judgeReply({ turnId, draftKey: generated.draftKey });
  steps.push(judged.step);
  return { promptHash, generated, judged };
}
