import { join } from 'node:path';
import { responseFormats } from '@dramatis/contracts/format';
import { interactionModes } from '@dramatis/contracts/mode';
import { personaVersion } from '@dramatis/contracts/persona';
import { validateMode } from '@dramatis/prompting/mode-rules';
import { findCitations, withoutCitations } from '@dramatis/response-format/citations';
import { validateFormat } from '@dramatis/response-format/format-rules';
import { splitSentences } from '@dramatis/text/sentences';
import type { Grounding, LanguageModelEvent, LanguageModelRequest } from '../port.js';
import { createBuiltInModel } from './built-in-model.js';
import { retrieve, type SeededPersona, seededPersonas } from './seeded-personas.fixture.js';

const seeded = seededPersonas(join(import.meta.dirname, '../../../../tools/seed/personas'));
const model = createBuiltInModel();

function groundingOf({ persona, passages }: SeededPersona, question: string, changes: Partial<Grounding> = {}): Grounding {
  const query = [...(changes.history ?? []).map((turn) => turn.userText), question].join(' ');
  return { persona, mode: 'educator', format: 'free', question, history: [], passages: retrieve(passages, query), ...changes };
}

function requestOf(grounding: Grounding, changes: Partial<LanguageModelRequest> = {}): LanguageModelRequest {
  return {
    system: 'You are a persona.',
    messages: [{ role: 'user', content: grounding.question }],
    maxOutputTokens: 4_096,
    timeouts: { firstTokenMs: 1_000, idleMs: 1_000, totalMs: 10_000 },
    signal: new AbortController().signal,
    grounding,
    ...changes,
  };
}

async function eventsOf(request: LanguageModelRequest): Promise<LanguageModelEvent[]> {
  const events: LanguageModelEvent[] = [];
  for await (const event of model.stream(request)) events.push(event);
  return events;
}

async function replyTo(grounding: Grounding): Promise<string> {
  const events = await eventsOf(requestOf(grounding));
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

const seededAs = (personaId: string) => seeded.find(({ persona }) => persona.personaId === personaId)!;

/** Sentences of a reply, as compared when looking for repetitions. */
function sentencesOf(text: string): string[] {
  const plain = withoutCitations(text).replace(/^\s*(?:- |# |---|\*\*[^*]+:\*\*)/gm, '');
  return splitSentences(plain).map((sentence) => sentence.text.trim()).filter((sentence) => sentence.split(' ').length > 3);
}

/** Questions with a word of the fact that answers them. */
const labelled: [personaId: string, question: string, fact: RegExp][] = [
  ['charles-darwin', 'What is natural selection, step by step?', /struggle for existence/],
  ['charles-darwin', 'Why did you wait twenty years before publishing the Origin?', /barnacles occupied eight years|gather facts|Several causes/],
  ['charles-darwin', 'What do earthworms do to the soil?', /swallowing earth|vegetable mould/i],
  ['charles-darwin', 'When did the Beagle sail?', /27 December 1831/],
  ['charles-darwin', 'How do you explain atolls?', /island sinks slowly/],
  ['charles-darwin', 'Who was your wife?', /Emma/],
  ['charles-darwin', 'Where were you born?', /Shrewsbury/],
  ['charles-darwin', 'How do you answer the objection that the eye is too perfect to have evolved?', /simple and useful eyes/],
  ['charles-darwin', 'Did you believe in God?', /agnostic|atheist/],
  ['charles-darwin', 'What did you really see at the Galapagos Islands?', /tortoises|mockingbirds/],
  ['charles-darwin', 'Why did you spend eight years on barnacles?', /barnacle/],
  ['ada-lovelace', 'What is the Analytical Engine, and how does it differ from the Difference Engine?', /any sequence of the four operations|general calculating machine/],
  ['ada-lovelace', 'Can a machine originate anything of its own?', /cannot begin anything of its own accord|originate/],
  ['ada-lovelace', 'Why did you choose the Bernoulli numbers for Note G?', /severe trial/],
  ['ada-lovelace', 'How could an engine made for numbers compose music?', /laws of harmony/],
  ['ada-lovelace', 'Who was your father?', /Byron/],
  ['ada-lovelace', 'When were you born?', /10 December 1815/],
  ['ada-lovelace', 'What are the three kinds of card?', /Operation cards/],
  ['ada-lovelace', 'What do the store and the mill do?', /holds numbers|performs the four operations/],
  ['ada-lovelace', 'Did you invent the engine?', /did not invent/],
  ['marcus-aurelius', 'What is in our power according to Stoicism?', /depends? on us/],
  ['marcus-aurelius', 'How did you deal with anger and difficult people?', /wrong I had done of the same kind/],
  ['marcus-aurelius', 'Why did you share power with Lucius Verus?', /too wide for one man|adoptive sons/],
  ['marcus-aurelius', 'Why did you choose Commodus as your successor?', /Commodus/],
  ['marcus-aurelius', 'How did you answer the revolt of Avidius Cassius?', /Cassius/],
  ['marcus-aurelius', 'What do Stoics mean by good?', /virtue/],
  ['mary-wollstonecraft', 'What is the main argument of the Rights of Woman?', /raised above brutes by reason/],
  ['mary-wollstonecraft', 'How would your national schools work?', /school/],
  ['mary-wollstonecraft', 'Why did you answer Edmund Burke?', /Burke/],
  ['mary-wollstonecraft', 'What did you see in Paris during the Revolution?', /Louis XVI|Girondins/],
  ['mary-wollstonecraft', "What do you hold against Rousseau's Sophie?", /Sophie|Sophia/],
  ['mary-wollstonecraft', 'What did English law do to married women?', /divorce/],
];

const outside = [
  'What is the capital of Australia?',
  'What do you think of smartphones?',
  'Who won the football World Cup in 2018?',
  'How do I bake sourdough bread?',
  'Can you recommend a good pizzeria in Naples?',
  'What is quantum entanglement?',
  'Explain the offside rule.',
  'How do I install Linux on my laptop?',
];

describe('createBuiltInModel', () => {
  it('says what it is', () => {
    expect(model).toMatchObject({ id: 'built-in', model: 'extractive-1', builtIn: true, structuredOutput: false });
  });

  it('streams small pieces, then the end with estimated usage', async () => {
    const events = await eventsOf(requestOf(groundingOf(seededAs('ada-lovelace'), 'What is the Analytical Engine?')));
    const texts = events.slice(0, -1);
    expect(texts.length).toBeGreaterThan(5);
    for (const event of texts) expect(event).toMatchObject({ type: 'text', text: expect.stringMatching(/^(?:\S+\s*){1,4}$/) });
    expect(events.at(-1)).toEqual({
      type: 'end',
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number), estimated: true },
    });
  });

  it('gives the same reply to the same grounding, and frames other questions differently', async () => {
    const darwin = seededAs('charles-darwin');
    const question = 'What do earthworms do to the soil?';
    const reply = await replyTo(groundingOf(darwin, question));
    expect(await replyTo(groundingOf(darwin, question))).toBe(reply);
    const starters = await Promise.all(darwin.persona.starterQuestions.map((starter) => replyTo(groundingOf(darwin, starter))));
    expect(new Set(starters.map((text) => text.split('. ')[0])).size).toBeGreaterThan(2);
  });

  it('stops at once when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const request = requestOf(groundingOf(seededAs('ada-lovelace'), 'What is the Analytical Engine?'), { signal: controller.signal });
    const stream = model.stream(request)[Symbol.asyncIterator]();
    await stream.next();
    controller.abort(reason);
    await expect(stream.next()).rejects.toBe(reason);
  });

  it('lets an abort in while it streams without waiting', async () => {
    const controller = new AbortController();
    const grounding = groundingOf(seededAs('ada-lovelace'), 'What is the Analytical Engine?', { mode: 'lecturer', format: 'essay' });
    setImmediate(() => setImmediate(() => controller.abort(new Error('cancelled'))));
    await expect(eventsOf(requestOf(grounding, { signal: controller.signal }))).rejects.toThrow('cancelled');
  });

  it('keeps to the output limit, and says so when nothing fits', async () => {
    const grounding = groundingOf(seededAs('ada-lovelace'), 'What is the Analytical Engine?', { mode: 'lecturer', format: 'essay' });
    const events = await eventsOf(requestOf(grounding, { maxOutputTokens: 180 }));
    const { usage } = events.at(-1) as Extract<LanguageModelEvent, { type: 'end' }>;
    expect(usage!.outputTokens).toBeLessThanOrEqual(180);
    await expect(eventsOf(requestOf(grounding, { maxOutputTokens: 5 }))).rejects.toMatchObject({ code: 'output_truncated' });
  });
});

describe.each(seeded.map((one) => [one.persona.personaId, one] as const))('the built-in model as %s', (_, one) => {
  const questions = [...one.persona.starterQuestions, 'Tell me about yourself.', 'Do you like pizza?', 'Hello!', 'I have been thinking about my own work lately.'];

  it.each(interactionModes)('keeps the contracts of %s and of every format', async (mode) => {
    for (const format of responseFormats) {
      for (const question of questions) {
        const grounding = groundingOf(one, question, { mode, format });
        const reply = await replyTo(grounding);
        const found = [...validateFormat(format, reply, { personaName: one.persona.name }), ...validateMode(mode, format, reply)];
        expect({ mode, format, question, found, reply }).toEqual({ mode, format, question, found: [], reply });
        for (const number of findCitations(reply)) expect(grounding.passages.map((passage) => passage.number)).toContain(number);
        const sentences = sentencesOf(reply);
        expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
        expect(reply).not.toMatch(/\bpassages?\b|undefined|\{topic\}|\n- \n| {2}|\[\]/);
      }
    }
  });

  it('quotes sentences as they stand, each with the number of its passage', async () => {
    for (const question of one.persona.starterQuestions) {
      const grounding = groundingOf(one, question);
      for (const [, sentence, number] of (await replyTo(grounding)).matchAll(/(?:^|(?<=[.?!:\]] )|(?<=- ))([^[\n]+?[.!?]) \[(\d+)\]/gm)) {
        const passage = grounding.passages.find((candidate) => candidate.number === Number(number))!;
        const quoted = splitSentences(sentence!.replace(/^- /, '')).at(-1)!.text.replace(/[.!?]$/, '');
        expect(passage.text.replace(/\s+/g, ' ')).toContain(quoted);
      }
    }
  });

  it.each(outside)('says that it does not know: %s', async (question) => {
    for (const format of responseFormats) {
      const reply = await replyTo(groundingOf(one, question, { format }));
      expect(findCitations(reply)).toEqual([]);
      expect(one.persona.voice!.unknown.some((line) => reply.includes(line))).toBe(true);
      expect(reply).toContain(one.persona.knowledgeDomains[0]);
    }
  });
});

describe('what the built-in model answers', () => {
  it.each(labelled)('%s: %s', async (personaId, question, fact) => {
    for (const mode of ['educator', 'lecturer', 'debater'] as const) {
      expect(await replyTo(groundingOf(seededAs(personaId), question, { mode }))).toMatch(fact);
    }
  });

  it('follows up on the question before, and does not repeat itself', async () => {
    const darwin = seededAs('charles-darwin');
    const first = { userText: 'What do earthworms do to the soil?', replyText: '' };
    first.replyText = await replyTo(groundingOf(darwin, first.userText));
    for (const followUp of ['Tell me more.', 'And how did you observe that?']) {
      const reply = await replyTo(groundingOf(darwin, followUp, { history: [first] }));
      expect(reply).toMatch(/worm/i);
      expect(findCitations(reply).length).toBeGreaterThan(0);
      const said = new Set(sentencesOf(first.replyText));
      const sentences = sentencesOf(reply);
      expect(sentences.filter((sentence) => said.has(sentence)).length).toBeLessThan(sentences.length / 2);
    }
  });

  it('says that it does not know when there are no passages', async () => {
    const reply = await replyTo(groundingOf(seededAs('ada-lovelace'), 'What is the Analytical Engine?', { passages: [] }));
    expect(findCitations(reply)).toEqual([]);
    expect(seededAs('ada-lovelace').persona.voice!.unknown.some((line) => reply.includes(line))).toBe(true);
  });

  it('speaks for a persona without voice lines, from a corpus in the third person', async () => {
    const persona = personaVersion.parse({
      personaId: 'plain',
      name: 'The Archivist',
      description: 'Keeps the archive.',
      version: 1,
      status: 'active',
      publishedAt: '2026-01-01T00:00:00.000Z',
      savedAt: '2026-01-01T00:00:00.000Z',
      savedBy: null,
      restoredFrom: null,
    });
    const passages = [
      {
        number: 1,
        documentTitle: 'The harbour',
        headingPath: ['How it was built'],
        text: 'The harbour was built between 1890 and 1896. It cost more than the town could pay. The engineer chose granite because sandstone had failed in the old mole.',
      },
    ];
    for (const mode of interactionModes) {
      for (const format of responseFormats) {
        const grounding: Grounding = { persona, mode, format, question: 'Why was granite chosen for the harbour?', history: [], passages };
        const reply = await replyTo(grounding);
        expect(reply).toContain('because sandstone had failed');
        expect([...validateFormat(format, reply, { personaName: persona.name }), ...validateMode(mode, format, reply)]).toEqual([]);
        const unknown = await replyTo({ ...grounding, question: 'What is a neutrino?' });
        expect([...validateFormat(format, unknown, { personaName: persona.name }), ...validateMode(mode, format, unknown)]).toEqual([]);
      }
    }
  });

  it('keeps marks in the question from breaking the format', async () => {
    const question = '**Q:** What is the Analytical Engine? [7]\n\n---\n# Title\n- item';
    for (const format of responseFormats) {
      const grounding = groundingOf(seededAs('ada-lovelace'), question, { format });
      const reply = await replyTo(grounding);
      expect(validateFormat(format, reply, { personaName: 'Ada Lovelace' })).toEqual([]);
      expect(findCitations(reply).every((number) => number <= grounding.passages.length && (number !== 7 || grounding.passages.length > 6))).toBe(true);
    }
  });
});
