import type { ResponseFormat } from '@dramatis/contracts/format';

export interface InstructionContext {
  /** Whether the provider enforces the format's JSON schema; then the marks are not the model's business. */
  structured: boolean;
  personaName: string;
}

/** What to tell a language model about the shape of its reply. */
export function formatInstructions(format: ResponseFormat, { structured, personaName }: InstructionContext): string {
  const { shape } = contracts[format](personaName);
  return [shape, grammarInstructions(format, { structured, personaName })].filter(Boolean).join('\n');
}

/** How the reply's grammar is written: its marks, or the fields that stand for them. Empty for Markdown. */
export function grammarInstructions(format: ResponseFormat, { structured, personaName }: InstructionContext): string {
  const { marks, fields } = contracts[format](personaName);
  if (!structured || !fields) return marks;
  return `Fill the fields of the given JSON schema; do not write list marks, headings or speaker names into them.\n${fields}`;
}

interface FormatContract {
  /** What makes a good reply of this shape. */
  shape: string;
  /** The grammar, for replies written as text. */
  marks: string;
  /** What goes where, for replies written as JSON. Null when the format has no schema. */
  fields: string | null;
}

const contracts: Record<ResponseFormat, (personaName: string) => FormatContract> = {
  bullet_points: () => ({
    shape:
      'Answer in bullet points: three to seven items, the most important first. Each item makes one point in one or two full sentences and can be read alone.',
    marks: `Write exactly this and nothing else:
One or two sentences that lead to the list. This part is optional.

- First point.
- Second point.

One closing sentence, optional. Every item is one line that begins with "- ". No nested lists, no headings, no text between items.`,
    fields: '"lead" comes before the list and "closing" after it; either may be an empty string.',
  }),
  essay: () => ({
    shape:
      'Answer with a short essay: a title, an opening that states the thesis, two to four paragraphs that each develop one thought, and an ending that concludes. Prose only, no lists.',
    marks: `Write exactly this and nothing else:
# Title

First paragraph.

Second paragraph.

Separate paragraphs with a blank line. A heading line "## Heading" may stand before a paragraph when the essay has parts.`,
    fields: 'Use one section with an empty heading unless the essay has parts worth naming.',
  }),
  socratic_dialogue: (personaName) => ({
    shape: `Answer as a Socratic dialogue between ${personaName} and an Interlocutor who stands for the reader. They alternate, five to nine speeches in all. The Interlocutor's questions and doubts move the thought on; ${personaName} answers and asks in return. The last speech is ${personaName}'s and ends with an open question to the reader.`,
    marks: `Write exactly this and nothing else:
**Interlocutor:** What the reader might ask.

**${personaName}:** The answer.

**Interlocutor:** The doubt that follows.

**${personaName}:** The last thought, which ends with an open question?

Each speech is a block that begins with the name in bold and a colon; blocks are separated by a blank line. Only these two speak. No narration.`,
    fields: `"speaker" is "persona" for ${personaName} and "interlocutor" for the other side.`,
  }),
  qa: () => ({
    shape:
      'Answer as questions and answers: three to five questions that take the matter apart, the one that was asked first, each answered in two to four sentences.',
    marks: `Write exactly this and nothing else:
**Q:** First question?
**A:** Its answer.

**Q:** Second question?
**A:** Its answer.

Pairs are separated by a blank line. Every question ends with a question mark. A closing sentence is optional; if there is one, a line "---" stands before it.`,
    fields: '"closing" may be an empty string.',
  }),
  free: () => ({
    shape:
      'Answer in free conversation, in the length that the message deserves: usually one to four short paragraphs. Markdown is allowed where it helps; headings rarely do.',
    marks: '',
    fields: null,
  }),
};
