import { schemaOf } from '@dramatis/contracts/format-choice';
import { verdictSentence } from '@dramatis/contracts/verdict-texts';
import { validateMode } from '@dramatis/prompting/mode-rules';
import { judgeFormat } from '@dramatis/response-format/verdict';
import { ApplicationFailure } from '@temporalio/common';
import { toActivityFailure } from '../failure-mapping.js';
import type { PromptStore } from '../prompting/prompt-store.js';
import { startStep } from '../step-timer.js';
import type { JudgedDraft, TurnActivities } from './turn-activities.js';
import type { TurnContexts } from './turn-context.js';

export interface JudgeReplyDependencies {
  contexts: TurnContexts;
  prompts: PromptStore;
}

export function createJudgeReply({ contexts, prompts }: JudgeReplyDependencies): Pick<TurnActivities, 'judgeReply'> {
  return {
    async judgeReply({ turnId, draftKey }): Promise<JudgedDraft> {
      const finishStep = startStep('validate');
      try {
        const [{ persona, mode, format }, draft, citations] = await Promise.all([
          contexts.get(turnId),
          contexts.draft(turnId, draftKey),
          prompts.citations(turnId),
        ]);
        if (draft === null) throw ApplicationFailure.nonRetryable('The reply was not kept.', 'internal');
        const value = schemaOf(format) ? await contexts.value(turnId, draftKey) : undefined;
        const judged = judgeFormat(format, draft, { personaName: persona.name, passageCount: citations.length, value });
        const modeViolations = validateMode(mode, format, judged.text);
        const changed = judged.text !== draft;
        const judgedKey = changed ? `${draftKey}-repaired` : draftKey;
        if (changed) await contexts.saveDraft(turnId, judgedKey, judged.text);
        if (changed && judged.value !== undefined) await contexts.saveValue(turnId, judgedKey, judged.value);
        return {
          draftKey: judgedKey,
          formatVerdict: judged.verdict,
          modeVerdict: { satisfied: modeViolations.length === 0, violations: modeViolations, repairs: [] },
          removedCitations: judged.removedCitations,
          step: finishStep(judged.verdict.satisfied ? undefined : verdictSentence('note.violations', { count: judged.verdict.violations.length })),
        };
      } catch (error) {
        throw toActivityFailure(error);
      }
    },
  };
}
