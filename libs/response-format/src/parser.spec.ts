import { responseFormats } from '@dramatis/contracts/format';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { parseReply } from './parser.js';
import { personaName, samples } from './samples.fixture.js';

/** Parts that a page draws one after the other. */
function parts(document: ReplyDocument): unknown[] {
  switch (document.format) {
    case 'bullet_points':
      return [...(document.lead === null ? [] : [document.lead]), ...document.items, ...(document.closing === null ? [] : [document.closing])];
    case 'essay':
      return [
        ...(document.title === null ? [] : [document.title]),
        ...document.sections.flatMap((section) => [...(section.heading === null ? [] : [section.heading]), ...section.paragraphs]),
      ];
    case 'socratic_dialogue':
      return document.lines;
    case 'qa':
      return [...document.pairs, ...(document.closing === null ? [] : [document.closing])];
    case 'free':
      return [document.markdown];
  }
}

describe('parseReply', () => {
  it('reads bullet points with lead and closing', () => {
    expect(parseReply('bullet_points', samples.bullet_points, personaName, { finished: true })).toEqual({
      format: 'bullet_points',
      lead: 'Let me take your points *in order*, as briefly as I can. [2]',
      items: [
        'First, **individuals** of the same species vary. [1]',
        'Secondly, more young are born than can survive [1][3].',
        'A pair of `elephants` would fill a country - given time.',
      ],
      closing: 'What would you add?',
    });
  });

  it('reads an essay with title and sections', () => {
    expect(parseReply('essay', samples.essay, personaName, { finished: true })).toEqual({
      format: 'essay',
      title: 'The Slow Work of Worms',
      sections: [
        {
          heading: null,
          paragraphs: [
            'Worms make mould by *swallowing* earth and leaves. [1]',
            'They bury stones, as I measured at Stonehenge in 1877. [2][3]',
          ],
        },
        { heading: 'What follows', paragraphs: ['A little labour, repeated **every** night, amounts to a great labour.'] },
      ],
    });
  });

  it('reads a dialogue and tells the sides apart', () => {
    const document = parseReply('socratic_dialogue', samples.socratic_dialogue, personaName, { finished: true });
    expect(document).toMatchObject({
      lines: [
        { speaker: 'Interlocutor', isPersona: false, text: 'Can the engine think?' },
        { isPersona: true, text: 'What do you mean by *thinking*? The engine follows orders. [1]\n\nIt carries an analysis to its end.' },
        { isPersona: false },
        { isPersona: true, text: 'Surprise measures **our** foresight [2]. And what have you foreseen?' },
      ],
    });
  });

  it('reads questions and answers of several paragraphs', () => {
    expect(parseReply('qa', samples.qa, personaName, { finished: true })).toEqual({
      format: 'qa',
      pairs: [
        { question: 'What is a fringing reef?', answer: 'A reef that grows close to the shore. [1]' },
        { question: 'And an atoll?', answer: 'A ring of coral around a lagoon. [1][2]\n\nIt has no high land within it.' },
      ],
      closing: 'All three are stages of **one** process.',
    });
  });

  it.each([
    ['* one\n* two'],
    ['1. one\n2. two'],
    ['• one\n\n• two'],
    ['- one\n\n- two\n'],
    ['- one\r\n- two\r\n'],
  ])('takes other list marks: %j', (text) => {
    expect(parseReply('bullet_points', text, personaName)).toMatchObject({ items: ['one', 'two'] });
  });

  it.each([
    ['**Ada Lovelace**: Yes.\n\n**Interlocutor**: Why?'],
    ['Ada Lovelace: Yes.\nInterlocutor: Why?'],
    ['**Lovelace:** Yes.\n**Reader:** Why?'],
  ])('takes other speaker labels: %j', (text) => {
    expect(parseReply('socratic_dialogue', text, personaName, { finished: true })).toMatchObject({
      lines: [
        { isPersona: true, text: 'Yes.' },
        { isPersona: false, text: 'Why?' },
      ],
    });
  });

  it.each([['Q: Why?\nA: So.'], ['**Q1:** Why?\n**A1:** So.'], ['**Question:** Why?\n\n**Answer:** So.'], ['**Q**: Why?\n**A**: So.']])(
    'takes other question labels: %j',
    (text) => {
      expect(parseReply('qa', text, personaName, { finished: true })).toMatchObject({ pairs: [{ question: 'Why?', answer: 'So.' }] });
    },
  );

  it('keeps text that has no label', () => {
    expect(parseReply('qa', 'Good day.', personaName)).toMatchObject({ pairs: [{ question: '', answer: 'Good day.' }] });
    expect(parseReply('socratic_dialogue', 'Good day.', personaName)).toMatchObject({
      lines: [{ speaker: personaName, isPersona: true, text: 'Good day.' }],
    });
    expect(parseReply('bullet_points', 'Good day.', personaName)).toMatchObject({ lead: 'Good day.', items: [] });
  });

  it.each([
    ['bullet_points', 'Lead.\n\n- one\n-', { items: ['one'] }],
    ['bullet_points', '- one\n- two [1', { items: ['one', 'two'] }],
    ['bullet_points', '- one **bo', { items: ['one bo'] }],
    ['bullet_points', '- a *word', { items: ['a word'] }],
    ['essay', '#', { title: null, sections: [] }],
    ['essay', '# Title\n\nText\n\n##', { sections: [{ heading: null, paragraphs: ['Text'] }] }],
    ['socratic_dialogue', '**Interlocutor:** Why?\n\n**Ada Lo', { lines: [{ text: 'Why?' }] }],
    ['qa', '**Q:** Why?\n**A', { pairs: [{ question: 'Why?', answer: '' }] }],
    ['qa', '**Q:** Why?\n**A:** So.\n\n--', { pairs: [{ answer: 'So.' }], closing: null }],
    ['free', 'See [the notes](https://exam', { markdown: 'See the notes' }],
    ['free', 'Text\n\n``', { markdown: 'Text' }],
  ] as const)('hides half-typed marks: %s %j', (format, text, expected) => {
    expect(parseReply(format, text, personaName)).toMatchObject(expected);
  });

  it.each(responseFormats)('never shows a half-typed mark in any prefix of %s', (format) => {
    for (let end = 0; end <= samples[format].length; end++) {
      for (const part of parts(parseReply(format, samples[format].slice(0, end), personaName))) {
        for (const shown of typeof part === 'string' ? [part] : Object.values(part as object).map(String)) {
          expect(shown.split('**').length % 2).toBe(1);
          expect(shown).not.toMatch(/\[\d*$/);
        }
      }
    }
  });

  it.each(responseFormats.filter((format) => format !== 'free'))('settles every part but the last of %s as the text grows', (format) => {
    const whole = parts(parseReply(format, samples[format], personaName, { finished: true }));
    let seen = 0;
    for (let end = 0; end <= samples[format].length; end++) {
      const now = parts(parseReply(format, samples[format].slice(0, end), personaName));
      expect(now.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, now.length - 1)));
      expect(now.length).toBeGreaterThanOrEqual(seen);
      seen = now.length;
    }
    expect(seen).toBe(whole.length);
  });

  it.each(responseFormats)('gives a document for any text in %s', (format) => {
    const odd = ['', ' ', '\n\n\n', '**', '[', '---', '# ', '- \n- ', '**:** x', '\u0000', '{"a":', '```', ':', '**Q:**', '|a|b|', '[][]((', '\ud83d'];
    for (const text of [...odd, ...Object.values(samples)]) {
      for (const finished of [true, false]) {
        expect(parseReply(format, text, personaName, { finished }).format).toBe(format);
      }
    }
  });
});
