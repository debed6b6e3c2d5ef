import type { PassageQuestions } from '@dramatis/contracts/enrichment';
import { digestAnswer, documentAnswer } from '@dramatis/contracts/model-answer';
import { plainLines, plainQuestions } from './plain-lines.js';

/** An answer that is not what was asked for. The message says what is wrong with it, and repeats nothing of it. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}

const sentences = { max: 6, maxCharacters: 500 };
const perPassage = { max: 3, maxCharacters: 250 };
const starters = { max: 6, maxCharacters: 160 };

/** What was found in an answer about a document. Only passages that were asked about are in it. @throws UnreadableAnswerError */
export function readDocumentAnswer(answer: string, ordinals: readonly number[]): { summary: string[]; questions: PassageQuestions[] } {
  const { summary, passages } = parsed(answer, documentAnswer);
  const asked = new Set(ordinals);
  const questions = new Map<number, string[]>();
  for (const { passage, questions: lines } of passages) {
    const ordinal = passage - 1;
    if (asked.has(ordinal)) questions.set(ordinal, [...(questions.get(ordinal) ?? []), ...lines]);
  }
  return {
    summary: summaryOf(summary),
    questions: [...questions]
      .map(([ordinal, lines]) => ({ ordinal, questions: plainQuestions(lines, perPassage) }))
      .filter((entry) => entry.questions.length > 0)
      .sort((a, b) => a.ordinal - b.ordinal),
  };
}

/** What was found in an answer about several summaries. @throws UnreadableAnswerError */
export function readDigestAnswer(answer: string): { summary: string[]; questions: string[] } {
  const { summary, questions } = parsed(answer, digestAnswer);
  return { summary: summaryOf(summary), questions: plainQuestions(questions, starters) };
}

function summaryOf(lines: readonly string[]): string[] {
  const summary = plainLines(lines, sentences);
  if (summary.length === 0) throw new UnreadableAnswerError('the summary has no plain sentence');
  return summary;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

/** Models without structured output put fences or a sentence around their JSON. */
function parsed<T>(answer: string, schema: Schema<T>): T {
  const [from, to] = [answer.indexOf('{'), answer.lastIndexOf('}')];
  if (from < 0 || to < from) throw new UnreadableAnswerError('it holds no JSON object');
  let value: unknown;
  try {
    value = JSON.parse(answer.slice(from, to + 1));
  } catch {
    throw new UnreadableAnswerError('its JSON is malformed');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UnreadableAnswerError(`${issue?.path.join('.') || 'it'} is not as asked`);
}
