import { z } from 'zod';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { interlocutor } from './grammar.js';

const citable = 'May hold citation marks such as [1].';
const bulletPoints = z.strictObject({
  lead: z.string().describe(`One or two sentences before the list; empty for none. ${citable}`),
  items: z.array(z.string().describe(`One point, one to three sentences, without a list mark. ${citable}`)),
  closing: z.string().describe('One sentence after the list; empty for none.'),
});
const essay = z.strictObject({
  title: z.string().describe('Title, without marks.'),
  sections: z.array(
    z.strictObject({
      heading: z.string().describe('Heading of the section; empty for none.'),
      paragraphs: z.array(z.string().describe(`One paragraph of prose. ${citable}`)),
    }),
  ),
});
const socraticDialogue = z.strictObject({
  lines: z.array(
    z.strictObject({
      speaker: z.enum(['persona', 'interlocutor']),
      text: z.string().describe(`What the speaker says, without the name. ${citable}`),
    }),
  ),
});
const qa = z.strictObject({
  pairs: z.array(
    z.strictObject({
      question: z.string().describe('A question, ending with a question mark.'),
      answer: z.string().describe(`Its answer. ${citable}`),
    }),
  ),
  closing: z.string().describe('One sentence after the pairs; empty for none.'),
});

/** What a provider with structured output emits, for every format that has a structure. */
export const structuredReplies = { bullet_points: bulletPoints, essay, socratic_dialogue: socraticDialogue, qa } as const;
export type StructuredFormat = keyof typeof structuredReplies;
export type StructuredReply<F extends StructuredFormat = StructuredFormat> = z.infer<(typeof structuredReplies)[F]>;

/** The document that a structured reply stands for. The reply must have been checked against its schema. */
export function documentOfStructuredReply(
  format: StructuredFormat,
  reply: StructuredReply,
  personaName: string,
): ReplyDocument {
  switch (format) {
    case 'bullet_points': {
      const { lead, items, closing } = reply as StructuredReply<'bullet_points'>;
      return { format, lead: said(lead), items: items.map(tidy).filter(Boolean), closing: said(closing) };
    }
    case 'essay': {
      const { title, sections } = reply as StructuredReply<'essay'>;
      return {
        format,
        title: said(title),
        sections: sections.map(({ heading, paragraphs }) => ({
          heading: said(heading),
          paragraphs: paragraphs.map(tidy).filter(Boolean),
        })),
      };
    }
    case 'socratic_dialogue': {
      const { lines } = reply as StructuredReply<'socratic_dialogue'>;
      return {
        format,
        lines: lines
          .map(({ speaker, text }) => ({ isPersona: speaker === 'persona', text: tidy(text) }))
          .filter(({ text }) => text !== '')
          .map((line) => ({ ...line, speaker: line.isPersona ? personaName : interlocutor })),
      };
    }
    case 'qa': {
      const { pairs, closing } = reply as StructuredReply<'qa'>;
      return {
        format,
        pairs: pairs
          .map(({ question, answer }) => ({ question: tidy(question), answer: tidy(answer) }))
          .filter(({ question, answer }) => question !== '' || answer !== ''),
        closing: said(closing),
      };
    }
  }
}

function said(text: string): string | null {
  return tidy(text) || null;
}

function tidy(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
