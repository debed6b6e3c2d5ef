import { createGenerateReply, type GenerateReplyDependencies } from '../generation/generate-reply.js';
import { createComposePrompt, type ComposePromptDependencies } from '../prompting/compose-prompt.js';
import { createRetrievePassages, type RetrievePassagesDependencies } from '../retrieval/retrieve-passages.js';
import { createFinishTurn, type FinishTurnDependencies } from './finish-turn.js';
import { createJudgeReply, type JudgeReplyDependencies } from './judge-reply.js';
import { createLoadTurn, type LoadTurnDependencies } from './load-turn.js';
import type { TurnActivities } from './turn-activities.js';

export type TurnActivitiesDependencies = LoadTurnDependencies &
  RetrievePassagesDependencies &
  ComposePromptDependencies &
  GenerateReplyDependencies &
  JudgeReplyDependencies &
  FinishTurnDependencies;

/** Everything that the turn's workflow calls. */
export function createTurnActivities(dependencies: TurnActivitiesDependencies): TurnActivities {
  return {
    ...createLoadTurn(dependencies),
    ...createRetrievePassages(dependencies),
    ...createComposePrompt(dependencies),
    ...createGenerateReply(dependencies),
    ...createJudgeReply(dependencies),
    ...createFinishTurn(dependencies),
  };
}
