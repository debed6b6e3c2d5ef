import type { Citation } from '@dramatis/contracts/turn';
import type { ModelRouter } from '@dramatis/language-model/router';
import { composePrompt as compose } from '@dramatis/prompting/compose-prompt';
import type { Logger } from '@dramatis/telemetry/logger';
import type { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { ApplicationFailure } from '@temporalio/common';
import { toActivityFailure } from '../failure-mapping.js';
import type { PassageTexts } from '../retrieval/passage-texts.js';
import { startStep } from '../step-timer.js';
import type { ComposedTurnPrompt, TurnActivities } from '../turn/turn-activities.js';
import type { TurnContexts } from '../turn/turn-context.js';
import type { PromptStore } from './prompt-store.js';

export interface ComposePromptDependencies {
  contexts: TurnContexts;
  prompts: PromptStore;
  passageTexts: PassageTexts;
  events: TurnEventStream;
  router: ModelRouter;
  logger: Logger;
}

export function createComposePrompt(dependencies: ComposePromptDependencies): Pick<TurnActivities, 'composePrompt'> {
  const { contexts, prompts, passageTexts, events, router, logger } = dependencies;
  return {
    async composePrompt({ turnId, provider, retrieved, correction }): Promise<ComposedTurnPrompt> {
      const finishStep = startStep('compose');
      try {
        const model = router.get(provider);
        if (!model) throw ApplicationFailure.nonRetryable(`The provider ${provider} is not configured.`, 'no_provider');
        const [{ turn, persona, history }, passages, previousReply] = await Promise.all([
          contexts.get(turnId),
          passageTexts.get(retrieved.passages.map(({ passageId }) => passageId)),
          correction ? contexts.draft(turnId, correction.draftKey) : null,
        ]);
        const composed = compose({
          persona,
          mode: turn.mode,
          format: turn.format,
          question: turn.userText,
          history,
          passages,
          budget: { contextWindowTokens: model.contextWindowTokens, maxOutputTokens: model.maxOutputTokens },
          structured: model.structuredOutput,
          ...(correction ? { violations: correction.violations } : {}),
          ...(previousReply === null ? {} : { previousReply }),
        });
        const citations: Citation[] = composed.passages.map((passage) => ({ ...passage, cited: false }));
        const [promptHash] = await Promise.all([
          prompts.save(turnId, { system: composed.system, messages: composed.messages }, citations),
          correction ? null : tellRetrieved(turnId, retrieved.grounded, citations),
        ]);
        return { promptHash, step: finishStep(noteOf(composed)) };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };

  async function tellRetrieved(turnId: string, grounded: boolean, citations: Citation[]): Promise<void> {
    await events.publish(turnId, { type: 'retrieved', grounded, citations }).catch((error: unknown) => {
      logger.warn({ err: error, turnId }, 'turn events cannot be published');
    });
  }
}

function noteOf(composed: ReturnType<typeof compose>): string {
  const { inputTokens, droppedHistory, droppedPassages } = composed;
  const dropped = [
    droppedHistory > 0 ? `${droppedHistory} earlier exchanges left out` : '',
    droppedPassages > 0 ? `${droppedPassages} passages left out` : '',
  ].filter(Boolean);
  return [`about ${inputTokens} tokens`, ...dropped].join(', ');
}
