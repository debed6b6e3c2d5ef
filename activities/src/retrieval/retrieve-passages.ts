import { verdictSentence } from '@dramatis/contracts/verdict-texts';
import { toActivityFailure } from '../failure-mapping.js';
import { startStep } from '../step-timer.js';
import type { RetrievedPassages, TurnActivities } from '../turn/turn-activities.js';
import type { TurnContexts } from '../turn/turn-context.js';
import type { PassageRetriever } from './passage-retriever.js';
import type { PassageTexts } from './passage-texts.js';

/** Passages given to the prompt, and how many tokens they may take together. */
export const topK = 8;
export const tokenBudget = 3_000;

export interface RetrievePassagesDependencies {
  contexts: TurnContexts;
  retriever: PassageRetriever;
  passageTexts: PassageTexts;
}

export function createRetrievePassages(
  dependencies: RetrievePassagesDependencies,
): Pick<TurnActivities, 'retrievePassages'> {
  const { contexts, retriever, passageTexts } = dependencies;
  return {
    async retrievePassages({ turnId, conversationId }): Promise<RetrievedPassages> {
      const finishStep = startStep('retrieve');
      try {
        const { turn, history } = await contexts.get(turnId, conversationId);
        const found = await retriever.retrieve({
          personaId: turn.personaId,
          corpusVersion: turn.corpusVersion,
          query: turn.userText,
          history,
          topK,
          tokenBudget,
        });
        passageTexts.remember(found.passages);
        return {
          passages: found.passages.map(({ passageId, score, lexicalRank, vectorRank }) => ({
            passageId,
            score,
            lexicalRank,
            vectorRank,
          })),
          grounded: found.passages.length > 0,
          ungroundedReason: found.ungroundedReason,
          step: finishStep(verdictSentence('note.passages', { count: found.passages.length })),
        };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };
}
