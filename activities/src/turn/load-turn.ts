import type { ModelRouter } from '@dramatis/language-model/router';
import { toActivityFailure } from '../failure-mapping.js';
import { startStep } from '../step-timer.js';
import type { LoadedTurn, TurnActivities } from './turn-activities.js';
import type { TurnContexts } from './turn-context.js';

export interface LoadTurnDependencies {
  contexts: TurnContexts;
  router: Pick<ModelRouter, 'routeFor'>;
}

export function createLoadTurn({ contexts, router }: LoadTurnDependencies): Pick<TurnActivities, 'loadTurn'> {
  return {
    async loadTurn({ turnId, conversationId }): Promise<LoadedTurn> {
      const finishStep = startStep('load');
      try {
        const { turn, persona } = await contexts.get(turnId, conversationId);
        return {
          personaName: persona.name,
          mode: turn.mode,
          format: turn.format,
          personaVersion: turn.personaVersion,
          corpusVersion: turn.corpusVersion,
          route: router
            .routeFor(persona, turnId, turn.provider)
            .map(({ id, model, builtIn }) => ({ provider: id, model, builtIn })),
          step: finishStep(),
        };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };
}
