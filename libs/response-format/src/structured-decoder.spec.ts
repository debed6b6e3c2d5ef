import { responseFormats } from '@dramatis/contracts/format';
import { validateFormat } from './format-rules.js';
import { createStructuredDecoder, MalformedReplyError } from './structured-decoder.js';
import { outputSchemaFor } from './structured-output.js';
import { structuredReplies, type StructuredFormat } from './structured-reply.js';
import { personaName } from './samples.fixture.js';

const replies: Record<StructuredFormat, unknown> = {
  bullet_points: {
    lead: 'Two kinds of "reef"\\: [1]',
    items: ['Fringing\nreefs 🪸 – near the shore. [1]', ' Barrier reefs. [2] '],
    closing: 'Which do you know?',
  },
  essay: {
    title: 'Reefs ✒️',
    sections: [
      { heading: '', paragraphs: ['One\tparagraph.', 'Another. [1]'] },
      { heading: 'After\u00e9', paragraphs: ['Third.'] },
    ],
  },
  socratic_dialogue: {
    lines: [
      { speaker: 'interlocutor', text: 'Can it think?' },
      { speaker: 'persona', text: 'It follows orders. [1]\n\nAnd then stops.' },
      { speaker: 'interlocutor', text: 'Always?' },
      { speaker: 'persona', text: 'What would "always" mean?' },
    ],
  },
  qa: {
    pairs: [
      { question: 'What is a reef?', answer: 'A ring 𝒜 of coral. [1]' },
      { question: 'Where?', answer: 'In warm water.' },
    ],
    closing: '',
  },
};

const formats = Object.keys(replies) as StructuredFormat[];

/** JSON with everything but ASCII escaped, so that escapes and surrogate pairs meet every boundary. */
function escaped(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function decode(format: StructuredFormat, pieces: string[]): string {
  const decoder = createStructuredDecoder(format, personaName);
  return pieces.map((piece) => decoder.push(piece)).join('') + decoder.end();
}

describe('createStructuredDecoder', () => {
  it.each(formats)('gives canonical text of %s that satisfies the format', (format) => {
    const text = decode(format, [JSON.stringify(replies[format])]);
    expect(text).toMatchSnapshot();
    expect(validateFormat(format, text, { personaName })).toEqual([]);
  });

  it.each(formats)('gives the same text of %s wherever the stream is cut', (format) => {
    for (const json of [JSON.stringify(replies[format]), escaped(replies[format])]) {
      const whole = decode(format, [json]);
      for (let cut = 0; cut <= json.length; cut++) expect(decode(format, [json.slice(0, cut), json.slice(cut)])).toBe(whole);
      expect(decode(format, [...json].flatMap((character) => character.split('')))).toBe(whole);
    }
  });

  it.each(formats)('never gives half of a surrogate pair in %s', (format) => {
    const decoder = createStructuredDecoder(format, personaName);
    for (const unit of escaped(replies[format]).split('')) {
      expect(decoder.push(unit)).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
    }
  });

  it('streams: text comes before the JSON has ended', () => {
    const decoder = createStructuredDecoder('bullet_points', personaName);
    expect(decoder.push('{"lead":"Two ki')).toBe('Two ki');
    expect(decoder.push('nds.","items":["Fri')).toBe('nds.\n\n- Fri');
    expect(decoder.push('nging"')).toBe('nging');
    expect(decoder.push(',"Barrier"],"closing":""}')).toBe('\n- Barrier');
    expect(decoder.end()).toBe('');
  });

  it('waits for parts that come out of order', () => {
    const { lead, items, closing } = replies.bullet_points as Record<string, unknown>;
    expect(decode('bullet_points', [JSON.stringify({ closing, items }).slice(0, -1), `,"lead":${JSON.stringify(lead)}}`])).toBe(
      decode('bullet_points', [JSON.stringify(replies.bullet_points)]),
    );
    expect(decode('socratic_dialogue', ['{"lines":[{"text":"Why?","speaker":"persona"}]}'])).toBe(`**${personaName}:** Why?`);
  });

  it.each(['```json\n', '```\n', ' \n', '```json'])('takes JSON after %j', (opening) => {
    const json = JSON.stringify(replies.qa);
    const fence = opening.includes('`') ? '\n```\n' : '\n';
    const whole = opening + json + fence;
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(decode('qa', [whole.slice(0, cut), whole.slice(cut)])).toBe(decode('qa', [json]));
    }
  });

  it.each(['**Q:** Why?\n**A:** So.', '  Plain text', '```ts\nlet x\n```', '`', '', '```'])('passes plain text through: %j', (text) => {
    expect(decode('qa', text.split(''))).toBe(text);
  });

  it('passes free replies through even when they begin with a brace', () => {
    const decoder = createStructuredDecoder('free', personaName);
    expect(decoder.push('{ is a brace')).toBe('{ is a brace');
    expect(decoder.end()).toBe('');
  });

  it.each([
    ['incomplete', '{"pairs":[{"question":"Why?","answer":"So'],
    ['broken', '{"pairs":[{"question":"Why?" "answer":"So"}],"closing":""}'],
    ['a missing part', '{"pairs":[{"question":"Why?","answer":"So."}]}'],
    ['an unknown part', '{"pairs":[],"closing":"","more":1}'],
    ['a part of another type', '{"pairs":"none","closing":""}'],
    ['text after the end', '{"pairs":[],"closing":""} and more'],
    ['a bad escape', '{"pairs":[],"closing":"\\x"}'],
    ['a bad number', '{"pairs":[],"closing":"","more":1-}'],
  ])('refuses %s', (_, json) => {
    for (const pieces of [[json], json.split('')]) {
      const decoder = createStructuredDecoder('qa', personaName);
      for (const piece of pieces) decoder.push(piece);
      expect(() => decoder.end()).toThrow(MalformedReplyError);
    }
  });

  it('gives up JSON that is nested deeper than anything that walks through it can follow', () => {
    for (const opening of ['[', '{"a":']) {
      const decoder = createStructuredDecoder('qa', personaName);
      decoder.push(`{"pairs":${opening.repeat(100_000)}`);
      expect(() => decoder.end()).toThrow(/nested more than 64 deep/);
    }
  });
});

describe('outputSchemaFor', () => {
  const objects = (schema: unknown): Record<string, unknown>[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const own = schema as Record<string, unknown>;
    return [...(own['type'] === 'object' ? [own] : []), ...Object.values(own).flatMap(objects)];
  };

  it.each(responseFormats.filter((format) => format !== 'free'))('asks strictly for %s', (format) => {
    const schema = outputSchemaFor(format)!;
    expect(schema.name).toMatch(/^[a-z_]+$/);
    for (const object of objects(schema.jsonSchema)) {
      expect(object['additionalProperties']).toBe(false);
      expect(object['required']).toEqual(Object.keys(object['properties'] as object));
    }
    expect(JSON.stringify(schema.jsonSchema)).not.toMatch(/\$schema|minItems|maxItems|minLength|maxLength|minimum|maximum|pattern/);
    expect(structuredReplies[format].safeParse(replies[format]).success).toBe(true);
  });

  it('asks for nothing when the reply is free', () => {
    expect(outputSchemaFor('free')).toBeNull();
  });
});
