import type {
  ComposedTurnPrompt,
  FinishedTurn,
  FinishTurnInput,
  GeneratedReply,
  GenerateReplyInput,
  JudgedDraft,
  PreparedTurn,
  ProviderStep,
} from '@dramatis/activities/turn/turn-activities';
import { CancellationScope, isCancellation, log, setCurrentDetails } from '@temporalio/workflow';
import { TurnFailedError, turnFailureOf } from './turn-failure.js';
import { turnSteps } from './turn-steps.js';

/** What is known of the turn so far; stored with it, however it ends. */
export type TurnAccount = Omit<FinishTurnInput, 'status'>;

type Discard = GenerateReplyInput['discard'];
type Correction = NonNullable<GenerateReplyInput['correction']>;

interface Request extends Pick<GenerateReplyInput, 'purpose' | 'discard'> {
  provider: ProviderStep;
  correction?: Correction;
}

/** What became of the first provider's reply already. */
export type FirstTry = { generated: GeneratedReply; judged: JudgedDraft | null } | { failure: TurnFailedError };

/** Enters what the turn is made from. */
export function enterPrepared(account: TurnAccount, prepared: PreparedTurn | null): void {
  if (!prepared) return;
  const { loaded, retrieved } = prepared;
  const { passages, grounded, ungroundedReason } = retrieved;
  account.steps.push(loaded.step, retrieved.step);
  account.retrieved = { passages, grounded, ungroundedReason };
}

/** Asks the route's providers one after the other until one's reply is stored. @throws TurnFailedError when none gave one. */
export async function replyWithFallback(account: TurnAccount, prepared: PreparedTurn, firstTry?: FirstTry): Promise<FinishedTurn> {
  enterPrepared(account, prepared);
  const { route } = prepared.loaded;
  let discard: Discard = { code: 'internal', reason: 'Beginning again.' };
  let failure = new TurnFailedError({ code: 'no_provider', message: 'No language model provider is configured.' });
  for (const [index, provider] of route.entries()) {
    setCurrentDetails(`Waiting for **${provider.provider}** (${provider.model}), provider ${index + 1} of ${route.length} in the route.`);
    const reply = new Reply(account, index === 0 ? prepared : { ...prepared, composed: null });
    try {
      if (index === 0 && firstTry) return await reply.goOn(provider, firstTry);
      return await reply.inFormat(provider, discard);
    } catch (error) {
      if (isCancelled(error)) throw error;
      failure = new TurnFailedError(turnFailureOf(error));
      discard = { code: failure.failure.code, reason: failure.failure.message };
      log.warn('provider gave no reply', { provider: provider.provider, code: failure.failure.code });
    }
  }
  throw failure;
}

/** A step that failed by itself while the turn was being cancelled is no cancellation, but the turn's end is. */
export function isCancelled(error: unknown): boolean {
  return isCancellation(error) || CancellationScope.current().consideredCancelled;
}

/** One provider's reply. */
class Reply {
  constructor(
    private readonly account: TurnAccount,
    private readonly prepared: PreparedTurn,
  ) {}

  /** Stores the reply; one that broke its format is corrected once first. */
  async inFormat(provider: ProviderStep, discard: Discard): Promise<FinishedTurn> {
    return this.settle(provider, await this.generate({ provider, purpose: 'reply', discard }));
  }

  /** Goes on with what is there of the reply. @throws TurnFailedError when there is none */
  async goOn(provider: ProviderStep, firstTry: FirstTry): Promise<FinishedTurn> {
    const { composed } = this.prepared;
    if (composed) this.enterComposed(composed);
    if ('failure' in firstTry) throw firstTry.failure;
    const { generated, judged } = firstTry;
    this.account.steps.push(generated.step);
    return judged ? this.corrected(provider, generated, judged) : this.settle(provider, generated);
  }

  private async settle(provider: ProviderStep, generated: GeneratedReply): Promise<FinishedTurn> {
    setCurrentDetails('Validating and storing the reply.');
    const { judged, status } = await CancellationScope.nonCancellable(() =>
      turnSteps.settleTurn({ ...this.account, draftKey: generated.draftKey, generated }),
    );
    return status ? { status } : this.corrected(provider, generated, judged);
  }

  /** Asks once more, told the violations; of two replies that violate the format the better one is stored. */
  private async corrected(provider: ProviderStep, first: GeneratedReply, judged: JudgedDraft): Promise<FinishedTurn> {
    this.account.steps.push(judged.step);
    const { violations } = judged.formatVerdict;
    setCurrentDetails(`Waiting for **${provider.provider}** (${provider.model}) to correct ${violations.length} violations of the format.`);
    try {
      const second = await this.generate({
        provider,
        purpose: 'format_correction',
        correction: { draftKey: first.draftKey, violations },
        discard: { code: 'format_violation', reason: 'The reply did not keep its format; asking once more.' },
      });
      const judgedAgain = await turnSteps.judgeReply({ turnId: this.account.turnId, draftKey: second.draftKey });
      this.account.steps.push(judgedAgain.step);
      return judgedAgain.formatVerdict.violations.length <= violations.length
        ? await this.store(second, judgedAgain, { passedOver: first })
        : await this.store(first, judged, { passedOver: second, replacesShown: true });
    } catch (error) {
      if (isCancelled(error)) throw error;
      return this.store(first, judged, { replacesShown: true });
    }
  }

  private store(
    generated: GeneratedReply,
    { step: _step, draftKey, ...verdicts }: JudgedDraft,
    told: Pick<FinishTurnInput, 'passedOver' | 'replacesShown'>,
  ): Promise<FinishedTurn> {
    const ending = { ...this.account, ...told, status: 'completed' as const, draftKey, generated, judged: verdicts };
    return CancellationScope.nonCancellable(() => turnSteps.finishTurn(ending));
  }

  private async generate({ provider: { provider }, ...request }: Request): Promise<GeneratedReply> {
    const { turnId, steps } = this.account;
    const { passages, grounded } = this.prepared.retrieved;
    const { correction } = request;
    const source = { turnId, provider, retrieved: { passages, grounded }, ...(correction ? { correction } : {}) };
    const composed = (!correction && this.prepared.composed) || (await turnSteps.composePrompt(source));
    this.enterComposed(composed);
    const generated = await turnSteps.generateReply({ ...source, ...request, promptHash: composed.promptHash });
    steps.push(generated.step);
    return generated;
  }

  private enterComposed({ step, promptHash }: ComposedTurnPrompt): void {
    this.account.steps.push(step);
    this.account.promptHash = promptHash;
  }
}
