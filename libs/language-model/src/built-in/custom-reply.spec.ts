import { join } from 'node:path';
import type { CustomFormatContent, FormatShape } from '@dramatis/contracts/custom-format';
import type { CustomModeContent } from '@dramatis/contracts/custom-mode';
import type { ReplySchema } from '@dramatis/contracts/reply-schema';
import { validateMode } from '@dramatis/prompting/mode-rules';
import { findCitations } from '@dramatis/response-format/citations';
import { createStructuredDecoder } from '@dramatis/response-format/structured-decoder';
import { judgeFormat } from '@dramatis/response-format/verdict';
import type { Grounding } from '../port.js';
import { createBuiltInModel } from './built-in-model.js';
import { retrieve, seededPersonas } from './seeded-personas.fixture.js';

const darwin = seededPersonas(join(import.meta.dirname, '../../../../tools/seed/personas')).find(({ persona }) => persona.personaId === 'charles-darwin')!;
const model = createBuiltInModel();
const questions = ['What do earthworms do to the soil?', 'When did the Beagle sail?', 'Do you like pizza?', 'Hello!'];

const words = { label: { en: 'Own' }, description: { en: 'Of our own' }, instructions: 'Be plain.' };
const customFormat = (shape: FormatShape): CustomFormatContent => ({ ...words, shape });
const customMode = (changes: Partial<CustomModeContent>): CustomModeContent => ({ ...words, base: null, rules: {}, ...changes });

async function replyTo(question: string, manner: Pick<Grounding, 'mode' | 'format'>): Promise<string> {
  const { persona, passages } = darwin;
  const grounding: Grounding = { persona, question, history: [], passages: retrieve(passages, question), ...manner };
  let text = '';
  const events = model.stream({
    ...{ system: 'You are a persona.', messages: [{ role: 'user', content: question }], maxOutputTokens: 4_096, grounding },
    timeouts: { firstTokenMs: 1_000, idleMs: 1_000, totalMs: 10_000 },
    signal: new AbortController().signal,
  });
  for await (const event of events) if (event.type === 'text') text += event.text;
  return text;
}

describe('the built-in model in a custom format', () => {
  it.each<[string, FormatShape]>([
    ['a short list', { kind: 'grammar', base: 'bullet_points', rules: { maxItems: 3, maxItemWords: 60 } }],
    ['a list that ends with a question', { kind: 'grammar', base: 'bullet_points', rules: { question: 'ends' } }],
    ['a list that asks nothing', { kind: 'grammar', base: 'bullet_points', rules: { question: 'none' } }],
    ['an essay in two sections', { kind: 'grammar', base: 'essay', rules: { headings: ['What I saw', 'What follows'] } }],
    ['free text of one paragraph', { kind: 'grammar', base: 'free', rules: { maxParagraphs: 1, maxWords: 400 } }],
    ['two questions', { kind: 'grammar', base: 'qa', rules: { maxItems: 2 } }],
    ['four speeches', { kind: 'grammar', base: 'socratic_dialogue', rules: { maxItems: 4 } }],
  ])('keeps to %s', async (_, shape) => {
    const format = customFormat(shape);
    for (const question of questions) {
      const reply = await replyTo(question, { mode: 'educator', format });
      const { violations } = judgeFormat(format, reply, { personaName: darwin.persona.name, passageCount: 8 }).verdict;
      expect({ question, reply, violations }).toEqual({ question, reply, violations: [] });
    }
  });

  it('fills a schema with what it has to say', async () => {
    const schema: ReplySchema = {
      type: 'object',
      properties: {
        title: { type: 'string', maxLength: 60 },
        answer: { type: 'string' },
        kind: { type: 'string', enum: ['fact', 'opinion'] },
        year: { type: 'integer', minimum: 1809, maximum: 1882 },
        certain: { type: 'boolean' },
        points: { type: 'array', minItems: 2, maxItems: 4, items: { type: 'object', properties: { point: { type: 'string', maxLength: 400 } } } },
      },
    };
    const format = customFormat({ kind: 'schema', schema });
    for (const question of questions) {
      const decoder = createStructuredDecoder(format, darwin.persona.name);
      const text = decoder.push(await replyTo(question, { mode: 'educator', format })) + decoder.end();
      const judged = judgeFormat(format, text, { personaName: darwin.persona.name, passageCount: 8, value: decoder.value() });
      expect({ question, ...judged.verdict }).toEqual({ question, satisfied: true, violations: [], repairs: [] });
      if (question === questions[0]) expect(findCitations(text).length).toBeGreaterThan(0);
    }
  });
});

describe('the built-in model in a custom mode', () => {
  it.each<[string, Partial<CustomModeContent>]>([
    ['its base', { base: 'debater' }],
    ['a question at the end', { rules: { question: 'ends' } }],
    ['few words', { rules: { maxWords: 150 } }],
    ['a position and its objection', { rules: { habits: ['position', 'objection'] } }],
  ])('keeps to %s', async (_, changes) => {
    const mode = customMode(changes);
    for (const question of questions.slice(0, 2)) {
      const reply = await replyTo(question, { mode, format: 'free' });
      expect({ question, reply, violations: validateMode(mode, 'free', reply) }).toEqual({ question, reply, violations: [] });
    }
  });
});
