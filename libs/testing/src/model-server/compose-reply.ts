import { composeDescription } from './compose-description.js';
import type { ModelRequest } from './wire-format.js';

/**
 * A reply to a prompt of Dramatis: it repeats the question, quotes and cites the first two passages, and keeps the
 * asked format. It also keeps every mode's rules (an example, a position and an objection, a closing question), so that
 * a turn with this server ends satisfied unless a test wants otherwise. The same request gives the same reply.
 */
export function composeReply(request: ModelRequest): string {
  const material = materialOf(request);
  if (request.schema) return JSON.stringify(structuredReply(request, request.schema, material));
  const format = formats.find(({ instruction }) => request.system.includes(instruction));
  return (format ?? free).write(material);
}

interface Material {
  question: string;
  personaName: string;
  /** One sentence for each passage that is quoted, or one that says there are none. */
  evidence: string[];
}

function materialOf({ system, messages }: ModelRequest): Material {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const prompt = asked.findLast((content) => /<message-\w+>/.test(content)) ?? asked.at(-1) ?? '';
  const question = /<message-\w+>\n([\s\S]*?)\n<\/message-/.exec(prompt)?.[1] ?? prompt;
  const passages = [...prompt.matchAll(/<passage-\w+ number="(\d+)"[^>]*>\n([\s\S]*?)\n<\/passage-/g)];
  const evidence = passages.slice(0, 2).map(([, number, text]) => `The record says: ${quote(text ?? '', 90)} [${number}].`);
  return {
    question: quote(question, 160),
    personaName: /dialogue between (.+?) and an Interlocutor/.exec(system)?.[1] ?? 'Persona',
    evidence: evidence.length > 0 ? evidence : ['The record that I was given says nothing of it.'],
  };
}

/** Text of others within quotation marks, on one line and without anything that could pass for a mark of a format. */
function quote(text: string, maxCharacters: number): string {
  const plain = text.replace(/[[\]*_#`<>“”|]/g, '').replace(/\s+/g, ' ').trim();
  return `“${Array.from(plain).slice(0, maxCharacters).join('').trim()}”`;
}

const position = 'I hold that the matter is best taken in its parts, the plain facts first.';
const example = 'For example, one may begin with a single case and look at it closely.';
const objection = 'Some may object that this is too simple, but the objection only makes the case clearer.';
const closing = 'What do you make of it?';

interface Format {
  /** What `formatInstructions` tells a model that is to write this format as text. */
  instruction: string;
  write(material: Material): string;
}

const free: Format = {
  instruction: 'Answer in free conversation',
  write: ({ question, evidence }) =>
    `You asked: ${question}\n\n${position} ${evidence.join(' ')}\n\n${example} ${objection} ${closing}`,
};

const formats: Format[] = [
  free,
  {
    instruction: 'Answer in bullet points',
    write: ({ question, evidence }) =>
      `You asked: ${question}\n\n${[position, ...evidence, example, objection].map((item) => `- ${item}`).join('\n')}\n\n${closing}`,
  },
  {
    instruction: 'Answer with a short essay',
    write: ({ question, evidence }) =>
      `# On the question asked\n\nYou asked: ${question} ${position}\n\n${evidence.join(' ')} ${example}\n\n${objection} ${closing}`,
  },
  {
    instruction: 'Answer as a Socratic dialogue',
    write: (material) =>
      dialogue(material)
        .map(({ isPersona, text }) => `**${isPersona ? material.personaName : 'Interlocutor'}:** ${text}`)
        .join('\n\n'),
  },
  {
    instruction: 'Answer as questions and answers',
    write: (material) =>
      pairs(material)
        .map(({ question, answer }) => `**Q:** ${question}\n**A:** ${answer}`)
        .join('\n\n'),
  },
];

function dialogue({ question, evidence }: Material): { isPersona: boolean; text: string }[] {
  return [
    { isPersona: false, text: `Let me ask you this: ${question}` },
    { isPersona: true, text: `${position} ${evidence.join(' ')}` },
    { isPersona: false, text: 'Is that not too simple?' },
    { isPersona: true, text: `${objection} ${example} ${closing}` },
  ];
}

function pairs({ question, evidence }: Material): { question: string; answer: string }[] {
  return [
    { question: `What is to be said to ${question}?`, answer: `${position} ${evidence.join(' ')}` },
    { question: 'Where should one begin?', answer: example },
    { question: 'And what speaks against it?', answer: objection },
  ];
}

/** For Dramatis' own schemas a reply in their sense; for any other, something that satisfies the schema. */
function structuredReply(request: ModelRequest, schema: Record<string, unknown>, material: Material): unknown {
  const { question, evidence } = material;
  const fields = Object.keys((schema.properties ?? {}));
  if (fields.includes('summary')) return composeDescription(request, fields);
  if (fields.includes('items')) {
    return { lead: `You asked: ${question}`, items: [position, ...evidence, example, objection], closing };
  }
  if (fields.includes('sections')) {
    const paragraphs = [`You asked: ${question} ${position}`, `${evidence.join(' ')} ${example}`, `${objection} ${closing}`];
    return { title: 'On the question asked', sections: [{ heading: '', paragraphs }] };
  }
  if (fields.includes('lines')) {
    return {
      lines: dialogue(material).map(({ isPersona, text }) => ({ speaker: isPersona ? 'persona' : 'interlocutor', text })),
    };
  }
  if (fields.includes('pairs')) return { pairs: pairs(material), closing };
  return instanceOf(schema, question);
}

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
}

/** The simplest value of a schema, with strings made of the given text. */
function instanceOf(schema: JsonSchema, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, instanceOf(value, text)]));
    case 'array':
      return [instanceOf(schema.items ?? {}, text)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text;
  }
}
