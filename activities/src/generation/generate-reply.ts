import type { TurnFailureCode } from '@dramatis/contracts/errors';
import { schemaOf } from '@dramatis/contracts/format-choice';
import type { Attempt, TokenUsage } from '@dramatis/contracts/turn';
import type { StoredPrompt } from '@dramatis/database/conversations/turn-model';
import type { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { LanguageModelError, type LanguageModel, type LanguageModelTimeouts } from '@dramatis/language-model/port';
import type { ModelRouter } from '@dramatis/language-model/router';
import { createStructuredDecoder } from '@dramatis/response-format/structured-decoder';
import { outputSchemaFor } from '@dramatis/response-format/structured-output';
import type { Logger } from '@dramatis/telemetry/logger';
import { estimateTokens } from '@dramatis/text/tokens';
import type { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { toActivityFailure } from '../failure-mapping.js';
import { whileHeartbeating } from '../heartbeat.js';
import { startStep } from '../step-timer.js';
import type { GeneratedReply, GenerateReplyInput, TurnActivities } from '../turn/turn-activities.js';
import type { TurnContext, TurnContexts } from '../turn/turn-context.js';
import type { PromptComposer } from '../prompting/prompt-composer.js';
import type { PromptStore } from '../prompting/prompt-store.js';
import { groundingOf } from '../prompting/grounding.js';
import { attemptScopeOf, lostWorker, type AttemptScope } from './attempt-scope.js';
import { DeltaPublisher } from './delta-publisher.js';

export interface GenerateReplyDependencies {
  contexts: TurnContexts;
  prompts: PromptStore;
  composer: PromptComposer;
  turns: TurnRepository;
  events: TurnEventStream;
  router: ModelRouter;
  timeouts: LanguageModelTimeouts;
  logger: Logger;
}

export interface ReplyGenerator {
  /** Streams one reply of one provider, for whatever the scope stands for. */
  generate: (input: GenerateReplyInput, scope: AttemptScope) => Promise<GeneratedReply>;
}

export function createGenerateReply(dependencies: GenerateReplyDependencies): Pick<TurnActivities, 'generateReply'> & ReplyGenerator {
  const generate: ReplyGenerator['generate'] = (input, scope) => new Generation(dependencies, input, scope).run();
  return {
    generate,
    async generateReply(input): Promise<GeneratedReply> {
      const activity = Context.current();
      const told = { asking: input.provider, purpose: input.purpose };
      return whileHeartbeating(activity, () => generate(input, attemptScopeOf(activity, told)), told);
    },
  };
}

/** One try at one provider. */
class Generation {
  private readonly finishStep = startStep('generate');
  private readonly startedAt = new Date();
  private text = '';
  /** What the reply says as JSON, for a format with a schema of its own. */
  private value: unknown;
  private usage: TokenUsage | null = null;
  private firstTextAt: number | null = null;

  constructor(
    private readonly dependencies: GenerateReplyDependencies,
    private readonly input: GenerateReplyInput,
    private readonly scope: AttemptScope,
  ) {}

  async run(): Promise<GeneratedReply> {
    const { contexts, router } = this.dependencies;
    const { turnId, provider } = this.input;
    const model = router.get(provider);
    if (!model) {
      throw ApplicationFailure.nonRetryable(`The provider ${provider} is not configured on this worker.`, 'no_provider');
    }
    const publisher = this.publisherFor(model);
    publisher.begin();
    try {
      const [context, prompt] = await Promise.all([contexts.get(turnId), this.prompt()]);
      await this.stream(model, context, prompt, publisher);
      await publisher.drain();
      return await this.keep(model, context, publisher);
    } catch (error) {
      throw await this.explain(error, model, publisher);
    }
  }

  /** On the worker that composed it, from memory; on another one, which may not find it, composed again. */
  private async prompt(): Promise<StoredPrompt> {
    const { prompts, composer } = this.dependencies;
    const { turnId, provider, promptHash, retrieved, correction } = this.input;
    const known = await prompts.get(turnId, promptHash);
    if (known) return known;
    const { prompt } = await composer.compose({ turnId, provider, retrieved, ...(correction ? { correction } : {}) });
    return prompt;
  }

  private publisherFor(model: LanguageModel): DeltaPublisher {
    const { events, logger } = this.dependencies;
    return new DeltaPublisher({
      events,
      turnId: this.input.turnId,
      start: {
        provider: model.id,
        model: model.model,
        builtIn: model.builtIn,
        discard: this.scope.before ?? (this.scope.first ? lostWorker : this.input.discard),
      },
      onUnavailable: (error) => logger.warn({ err: error, turnId: this.input.turnId }, 'turn events cannot be published'),
    });
  }

  private async stream(
    model: LanguageModel,
    context: TurnContext,
    prompt: StoredPrompt,
    publisher: DeltaPublisher,
  ): Promise<void> {
    const { persona, format } = context;
    const schema = model.structuredOutput ? outputSchemaFor(format) : null;
    // For a schema of a curator's own every model writes JSON, enforced or not.
    const decoder = schema || schemaOf(format) ? createStructuredDecoder(format, persona.name) : null;
    const show = (text: string): void => {
      if (!text) return;
      this.firstTextAt ??= Date.now();
      this.text += text;
      publisher.push(text);
    };
    const events = this.dependencies.router.stream(model.id, {
      system: prompt.system,
      messages: prompt.messages,
      ...(schema ? { schema } : {}),
      maxOutputTokens: model.maxOutputTokens,
      timeouts: this.dependencies.timeouts,
      signal: this.scope.signal,
      grounding: await groundingOf(context, this.dependencies.prompts),
      ...(this.input.correction ? { violations: this.input.correction.violations } : {}),
    });
    for await (const event of events) {
      if (event.type === 'text') show(decoder ? decoder.push(event.text) : event.text);
      else this.usage = event.usage;
    }
    if (decoder) show(decoder.end());
    this.value = decoder?.value();
    if (!this.text.trim()) throw new LanguageModelError('malformed_response', `The provider "${model.id}" sent an empty reply.`);
    this.usage ??= {
      inputTokens: estimateTokens(prompt.system) + prompt.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0),
      outputTokens: estimateTokens(this.text),
      estimated: true,
    };
  }

  /** A worker that died left no account of its attempt; its successor gives it. */
  private async recordLostWorker(model: LanguageModel, publisher: DeltaPublisher): Promise<void> {
    const { before, first, number, askedAt } = this.scope;
    if (before?.code !== 'worker_lost' && !(first && (publisher.attempt ?? 1) > 1)) return;
    await this.record(
      {
        attempt: Math.max(1, (publisher.attempt ?? number) - 1),
        outcome: 'failed',
        code: 'worker_lost',
        message: 'The worker that wrote this reply was lost.',
        startedAt: askedAt,
        endedAt: this.startedAt,
        timeToFirstTokenMs: null,
      },
      model,
    );
  }

  private async keep(model: LanguageModel, context: TurnContext, publisher: DeltaPublisher): Promise<GeneratedReply> {
    const { turnId, purpose } = this.input;
    await this.recordLostWorker(model, publisher);
    const draftKey = `${model.id.replaceAll(/[.$]/g, '_')}-${purpose}`;
    const { contexts } = this.dependencies;
    if (publisher.shown === this.text) contexts.rememberDraft(turnId, draftKey, this.text);
    else await contexts.saveDraft(turnId, draftKey, this.text);
    if (this.value !== undefined) await contexts.saveValue(turnId, draftKey, this.value);
    return {
      draftKey,
      attempt: publisher.attempt,
      provider: model.id,
      model: model.model,
      builtIn: model.builtIn,
      purpose,
      usage: this.usage!,
      startedAt: this.startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      timeToFirstTokenMs: this.firstTextAt! - this.startedAt.getTime(),
      sinceMessageMs: this.firstTextAt! - context.turn.createdAt.getTime(),
      step: this.finishStep(`${model.id} ${model.model}`),
    };
  }

  /** Keeps the record of how this attempt ended, and gives what Temporal should know of it. */
  private async explain(error: unknown, model: LanguageModel, publisher: DeltaPublisher): Promise<unknown> {
    const { turnId } = this.input;
    await publisher.drain().catch(() => undefined);
    const { signal } = this.scope;
    if (signal.aborted) {
      if (!this.scope.workerStops()) {
        await this.dependencies.contexts.saveDraft(turnId, cancelledDraftKey, publisher.shown);
        await this.record({ ...this.accountOf(publisher), outcome: 'cancelled' }, model);
        return signal.reason;
      }
      error = new LanguageModelError('interrupted', 'The worker that wrote this reply was stopped.', { cause: error });
    }
    const failure = toActivityFailure(mapDecoderError(error, model));
    const code = failure instanceof ApplicationFailure ? (failure.type as TurnFailureCode) : 'internal';
    const reason = failure instanceof Error ? failure.message : String(failure);
    this.scope.leave({ code, reason });
    this.dependencies.logger.warn({ err: error, turnId, provider: model.id, code }, 'attempt failed');
    await this.recordLostWorker(model, publisher);
    await this.record({ ...this.accountOf(publisher), outcome: 'failed', code, message: reason }, model);
    return failure;
  }

  private accountOf(publisher: DeltaPublisher): Omit<AttemptAccount, 'outcome'> {
    return {
      attempt: publisher.attempt ?? this.scope.number,
      startedAt: this.startedAt,
      endedAt: new Date(),
      timeToFirstTokenMs: this.firstTextAt === null ? null : this.firstTextAt - this.startedAt.getTime(),
    };
  }

  private async record(account: AttemptAccount, model: LanguageModel): Promise<void> {
    const entry: Attempt = {
      ...account,
      provider: model.id,
      model: model.model,
      purpose: this.input.purpose,
      startedAt: account.startedAt.toISOString(),
      endedAt: account.endedAt.toISOString(),
    };
    // The account of a failure must not fail the retry that mends it.
    await this.dependencies.turns.recordAttempt(this.input.turnId, entry).catch((error: unknown) => {
      this.dependencies.logger.warn({ err: error, turnId: this.input.turnId }, 'attempt cannot be recorded');
    });
  }
}

type AttemptAccount = Pick<Attempt, 'attempt' | 'outcome' | 'code' | 'message' | 'timeToFirstTokenMs'> & {
  startedAt: Date;
  endedAt: Date;
};

/** Where the text that readers saw is kept when they cancelled. */
export const cancelledDraftKey = 'cancelled';

function mapDecoderError(error: unknown, model: LanguageModel): unknown {
  if (error instanceof Error && error.name === 'MalformedReplyError') {
    return new LanguageModelError('malformed_response', `The provider "${model.id}" sent a reply that is not of the format.`, {
      cause: error,
    });
  }
  return error;
}
