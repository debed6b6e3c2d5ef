import type { Citation } from '@dramatis/contracts/turn';
import { verdictSentence } from '@dramatis/contracts/verdict-texts';
import type { ComposedPrompt } from '@dramatis/prompting/compose-prompt';
import type { Logger } from '@dramatis/telemetry/logger';
import type { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { toActivityFailure } from '../failure-mapping.js';
import { startStep } from '../step-timer.js';
import type { ComposedTurnPrompt, TurnActivities } from '../turn/turn-activities.js';
import type { PromptComposer } from './prompt-composer.js';

export interface ComposePromptDependencies {
  composer: PromptComposer;
  events: TurnEventStream;
  logger: Logger;
}

export function createComposePrompt(dependencies: ComposePromptDependencies): Pick<TurnActivities, 'composePrompt'> {
  const { composer, events, logger } = dependencies;
  return {
    async composePrompt(input): Promise<ComposedTurnPrompt> {
      const finishStep = startStep('compose');
      try {
        const { prompt, citations, composed } = await composer.compose(input);
        // Readers are told in order by the one connection; nobody waits for the answer.
        if (!input.correction) tellRetrieved(input.turnId, input.retrieved.grounded, citations);
        return { promptHash: prompt.hash, step: finishStep(noteOf(composed)) };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };

  function tellRetrieved(turnId: string, grounded: boolean, citations: Citation[]): void {
    events.publish(turnId, { type: 'retrieved', grounded, citations }).catch((error: unknown) => {
      logger.warn({ err: error, turnId }, 'turn events cannot be published');
    });
  }
}

function noteOf({ inputTokens: tokens, droppedHistory: exchanges, droppedPassages: passages }: ComposedPrompt) {
  if (exchanges === 0 && passages === 0) return verdictSentence('note.composed', { tokens });
  return verdictSentence('note.shortened', { tokens, exchanges, passages });
}
