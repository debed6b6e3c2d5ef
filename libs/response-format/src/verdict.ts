import type { FormatChoice } from '@dramatis/contracts/custom-format';
import { grammarOf, isCustomFormat } from '@dramatis/contracts/format-choice';
import type { ReplySchema } from '@dramatis/contracts/reply-schema';
import type { Verdict } from '@dramatis/contracts/turn';
import { violation } from '@dramatis/contracts/verdict-texts';
import { removeUnknownCitations } from './citations.js';
import { ruleViolations } from './custom-rules.js';
import { type FormatContext, validateFormat } from './format-rules.js';
import { repairFormat } from './repair.js';
import { schemaViolations, withoutUnknownCitations } from './schema-check.js';
import { layOutValue } from './schema-layout.js';

export interface JudgeContext extends FormatContext {
  /** How many passages the model was given; citations beyond refer to nothing. */
  passageCount: number;
  /** What the model emitted as JSON, for a format with a schema; undefined where it was none. */
  value?: unknown;
}

export interface JudgedReply {
  text: string;
  verdict: Verdict;
  /** How many citations referred to no passage and were removed. */
  removedCitations: number;
  /** The reply as JSON that keeps to the format's schema; undefined where it does not, or where there is none. */
  value?: unknown;
}

/** Removes citations of passages that were not given, mends what needs no model, and judges what is left. */
export function judgeFormat(format: FormatChoice, text: string, context: JudgeContext): JudgedReply {
  if (isCustomFormat(format) && format.shape.kind === 'schema') return judgeValue(format.shape.schema, text, context);
  const grammar = grammarOf(format);
  const cited = removeUnknownCitations(text, context.passageCount);
  const { text: repaired, repairs, repairWordings } = repairFormat(grammar, cited.text, context);
  const violations = validateFormat(grammar, repaired, context);
  if (isCustomFormat(format) && format.shape.kind === 'grammar') {
    violations.push(...ruleViolations(grammar, format.shape.rules, repaired, context.personaName));
  }
  return {
    text: repaired,
    verdict: { satisfied: violations.length === 0, violations, repairs, ...(repairWordings.length > 0 && { repairWordings }) },
    removedCitations: cited.removed,
  };
}

/** Values are held against their schema, and laid out anew where a citation went. What is no JSON stays as it was written. */
function judgeValue(schema: ReplySchema, text: string, { value, passageCount }: JudgeContext): JudgedReply {
  if (value === undefined) {
    const cited = removeUnknownCitations(text, passageCount);
    const violations = [violation('custom.no_json', {})];
    return { text: cited.text, verdict: { satisfied: false, violations, repairs: [] }, removedCitations: cited.removed };
  }
  const cited = withoutUnknownCitations(value, passageCount);
  const violations = schemaViolations(schema, cited.value);
  return {
    text: cited.removed > 0 ? layOutValue(schema, cited.value) : text,
    verdict: { satisfied: violations.length === 0, violations, repairs: [] },
    removedCitations: cited.removed,
    ...(violations.length === 0 ? { value: cited.value } : {}),
  };
}
