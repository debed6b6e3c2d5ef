import type { CustomFormatContent } from '@dramatis/contracts/custom-format';
import type { ResponseFormat } from '@dramatis/contracts/format';
import { ruleInstructions } from './custom-rules.js';
import { grammarInstructions, type InstructionContext } from './instructions.js';
import { strictSchema } from './schema-check.js';

/** Least that each grammar asks for, where a custom format's own words stand in the place of what it usually asks. */
const leastOf: Record<ResponseFormat, (personaName: string) => string> = {
  bullet_points: () => 'The reply is a list of at least two items.',
  essay: () => 'The reply is prose with a title and at least two paragraphs, without lists.',
  socratic_dialogue: (personaName) =>
    `The reply is a dialogue between ${personaName} and an Interlocutor who stands for the reader. They alternate, at least three speeches in all; the last is ${personaName}'s and ends with an open question.`,
  qa: () => 'The reply is at least two questions, each with its answer.',
  free: () => 'The reply is Markdown.',
};

/** What to tell a language model about a custom format, besides what its curator wrote: grammar or schema, and rules. */
export function customFormatInstructions({ shape }: CustomFormatContent, context: InstructionContext): string {
  if (shape.kind === 'schema') {
    const citable = 'Texts may hold citation marks such as [1] and simple inline Markdown, but no headings, list marks or field names.';
    if (context.structured) return `Fill the fields of the given JSON schema. ${citable}`;
    return `Reply with one JSON object that follows this schema, and with nothing before or after it. ${citable}\n${JSON.stringify(strictSchema(shape.schema))}`;
  }
  const { base, rules } = shape;
  return [leastOf[base](context.personaName), grammarInstructions(base, context), ...ruleInstructions(base, rules)].filter(Boolean).join('\n');
}
