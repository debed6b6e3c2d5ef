import type { ResponseFormat } from '@dramatis/contracts/format';
import type { Verdict } from '@dramatis/contracts/turn';
import { removeUnknownCitations } from './citations.js';
import { type FormatContext, validateFormat } from './format-rules.js';
import { repairFormat } from './repair.js';

export interface JudgeContext extends FormatContext {
  /** How many passages the model was given; citations beyond refer to nothing. */
  passageCount: number;
}

export interface JudgedReply {
  text: string;
  verdict: Verdict;
  /** How many citations referred to no passage and were removed. */
  removedCitations: number;
}

/** Removes citations of passages that were not given, mends what needs no model, and judges what is left. */
export function judgeFormat(format: ResponseFormat, text: string, context: JudgeContext): JudgedReply {
  const cited = removeUnknownCitations(text, context.passageCount);
  const { text: repaired, repairs } = repairFormat(format, cited.text, context);
  const violations = validateFormat(format, repaired, context);
  return {
    text: repaired,
    verdict: { satisfied: violations.length === 0, violations, repairs },
    removedCitations: cited.removed,
  };
}
