import { createAnswerTurn, type AnswerTurnDependencies } from './answer-turn.js';
import { createGenerateReply, type GenerateReplyDependencies } from '../generation/generate-reply.js';
import { createComposePrompt } from '../prompting/compose-prompt.js';
import type { PromptComposer } from '../prompting/prompt-composer.js';
import { createRetrievePassages, type RetrievePassagesDependencies } from '../retrieval/retrieve-passages.js';
import { createFinishTurn, type FinishTurnDependencies } from './finish-turn.js';
import { createJudgeReply, type JudgeReplyDependencies } from './judge-reply.js';
import { createLoadTurn, type LoadTurnDependencies } from './load-turn.js';
import { createPrepareTurn } from './prepare-turn.js';
import { createSettleTurn } from './settle-turn.js';
import type { TurnActivities } from './turn-activities.js';

export type TurnActivitiesDependencies = LoadTurnDependencies &
  RetrievePassagesDependencies &
  { composer: PromptComposer } &
  GenerateReplyDependencies &
  JudgeReplyDependencies &
  FinishTurnDependencies &
  AnswerTurnDependencies;

/** Everything that the turn's workflow calls. */
export function createTurnActivities(dependencies: TurnActivitiesDependencies): TurnActivities {
  const steps = {
    ...createLoadTurn(dependencies),
    ...createRetrievePassages(dependencies),
    ...createComposePrompt(dependencies),
    ...createJudgeReply(dependencies),
    ...createFinishTurn(dependencies),
  };
  const joined = { ...createPrepareTurn(steps), ...createSettleTurn(steps) };
  const generator = createGenerateReply(dependencies);
  const answering = createAnswerTurn(dependencies, { ...joined, generate: generator.generate });
  return { ...steps, ...joined, generateReply: (input) => generator.generateReply(input), ...answering };
}
