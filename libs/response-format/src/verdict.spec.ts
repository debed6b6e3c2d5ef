import { type ResponseFormat, responseFormats } from '@dramatis/contracts/format';
import { findCitations, removeUnknownCitations, separateCitations, withoutCitations } from './citations.js';
import { validateFormat } from './format-rules.js';
import { formatInstructions } from './instructions.js';
import { replyToMarkdown } from './plain-text.js';
import { repairFormat } from './repair.js';
import { personaName, samples } from './samples.fixture.js';
import { judgeFormat } from './verdict.js';

const context = { personaName };
const rulesBrokenBy = (format: ResponseFormat, text: string) => validateFormat(format, text, context).map(({ rule }) => rule);

describe('validateFormat', () => {
  it.each(responseFormats)('finds nothing in a good reply in %s', (format) => {
    expect(validateFormat(format, samples[format], context)).toEqual([]);
  });

  it.each(responseFormats)('finds an empty reply in %s', (format) => {
    expect(rulesBrokenBy(format, ' \n [1]')).toEqual(['empty']);
  });

  it.each<[string, ResponseFormat, string]>([
    ['bullet_points.too_few_items', 'bullet_points', 'Lead.\n\n- one'],
    ['bullet_points.long_item', 'bullet_points', `- ${'word '.repeat(91)}\n- two`],
    ['bullet_points.text_between_items', 'bullet_points', '- one\n\nBetween.\n\n- two'],
    ['essay.no_title', 'essay', 'One.\n\nTwo.'],
    ['essay.too_short', 'essay', '# Title\n\nOne.'],
    ['essay.list', 'essay', '# Title\n\nOne.\n\n- two\n- three'],
    ['essay.empty_section', 'essay', '# Title\n\nOne.\n\nTwo.\n\n## Heading'],
    ['socratic_dialogue.too_short', 'socratic_dialogue', '**Interlocutor:** Why?\n\n**Ada Lovelace:** Why not?'],
    ['socratic_dialogue.unknown_speaker', 'socratic_dialogue', '**Tutor:** A?\n\n**Ada Lovelace:** B.\n\n**Interlocutor:** C.\n\n**Ada Lovelace:** D?'],
    ['socratic_dialogue.same_speaker_twice', 'socratic_dialogue', '**Interlocutor:** A?\n\n**Ada Lovelace:** B.\n\n**Ada Lovelace:** C?'],
    ['socratic_dialogue.no_open_question', 'socratic_dialogue', '**Interlocutor:** A?\n\n**Ada Lovelace:** B?\n\n**Interlocutor:** C.'],
    ['qa.too_few_pairs', 'qa', '**Q:** A?\n**A:** B.'],
    ['qa.not_a_question', 'qa', '**Q:** A.\n**A:** B.\n\n**Q:** C?\n**A:** D.'],
    ['qa.no_answer', 'qa', '**Q:** A?\n**A:** B.\n\n**Q:** C?'],
    ['qa.no_question', 'qa', 'Hello.\n\n**Q:** A?\n**A:** B.\n\n**Q:** C?\n**A:** D.'],
  ])('finds %s', (rule, format, text) => {
    expect(rulesBrokenBy(format, text)).toEqual([rule]);
  });

  it('accepts citations and quotes after the last question mark', () => {
    expect(rulesBrokenBy('qa', '**Q:** "Why?" [1]\n**A:** So.\n\n**Q:** And then?\n**A:** Nothing.')).toEqual([]);
  });
});

describe('repairFormat', () => {
  it.each(responseFormats)('leaves a good reply in %s as it is', (format) => {
    expect(repairFormat(format, samples[format], context)).toEqual({ text: samples[format], repairs: [], repairWordings: [] });
  });

  it.each<[string, ResponseFormat, string, string]>([
    ['list marks', 'bullet_points', 'Lead.\n* one\n2. two', 'Lead.\n\n- one\n- two'],
    ['paragraphs for items', 'bullet_points', 'One.\n\nTwo.', '- One.\n- Two.'],
    ['a code fence', 'bullet_points', '```markdown\n- one\n- two\n```', '- one\n- two'],
    ['text between items', 'bullet_points', '- one\n\nBetween.\n\n- two', '- one\n- two\n\nBetween.'],
    ['combined citations', 'free', 'So it is [1, 2].', 'So it is [1][2].'],
    ['a bold title', 'essay', '**Reefs**\n\nOne.\n\nTwo.', '# Reefs\n\nOne.\n\nTwo.'],
    ['a list in an essay', 'essay', '# Reefs\n\nKinds:\n- A.\n- B.\n\nTwo.', '# Reefs\n\nKinds: A. B.\n\nTwo.'],
    ['another name for the other side', 'socratic_dialogue', '**Tutor:** A?\n\n**Ada Lovelace:** B?', '**Interlocutor:** A?\n\n**Ada Lovelace:** B?'],
    ['a speaker who goes on', 'socratic_dialogue', '**Interlocutor:** A?\n\n**Ada:** B.\n\n**Ada:** C?', '**Interlocutor:** A?\n\n**Ada Lovelace:** B.\n\nC?'],
    [
      'a last word of the other side',
      'socratic_dialogue',
      '**Ada Lovelace:** Z.\n\n**Interlocutor:** A?\n\n**Ada Lovelace:** B?\n\n**Interlocutor:** C.',
      '**Ada Lovelace:** Z.\n\n**Interlocutor:** A?\n\n**Ada Lovelace:** B?',
    ],
    ['labels of questions', 'qa', 'Q1: A?\nA1: B.\nQ2: C.\nA2: D.', '**Q:** A?\n**A:** B.\n\n**Q:** C?\n**A:** D.'],
    ['text before the questions', 'qa', 'Gladly.\n\n**Q:** A?\n**A:** B.\n\n**Q:** C?\n**A:** D.', '**Q:** A?\n**A:** B.\n\n**Q:** C?\n**A:** D.'],
  ])('mends %s', (_, format, broken, expected) => {
    const { text, repairs } = repairFormat(format, broken, context);
    expect(text).toBe(expected);
    expect(repairs.length).toBeGreaterThan(0);
  });

  it('changes nothing the second time, whatever the text', () => {
    const broken = [
      '',
      'One. Two.',
      '- a\n  * b\n\ntext\n\n1) c [1,2]',
      '**Ada:** x\n\n**Ada:** y\n\n**Bob:** z',
      'Q: a\nA:\nQ: b.\nA: c',
      '# T\n## S\n- a\n- b\n\n## U',
      '```\n# T\n\nx\n```',
      '**Q:** a\n\n---\n\nEnd.\n\n**Q:** b',
      ...Object.values(samples),
    ];
    for (const format of responseFormats) {
      for (const text of broken) {
        const once = repairFormat(format, text, context);
        expect(repairFormat(format, once.text, context)).toEqual({ text: once.text, repairs: [], repairWordings: [] });
      }
    }
  });
});

describe('repairFormat on any mixture of marks', () => {
  const pieces = ['**Q:** ', '**A:** ', '- ', '\n', '\n\n', 'word ', 'What?', '# T', '## h', '---', '**Ada:** ', '**Bob:** ', '[1, 2]', '```', '*', '1. ', ' - x', 'A: ', 'end.'];
  /** Numbers that look random and are the same in every run. */
  function* numbers(seed: number): Generator<number> {
    for (let state = seed; ; ) yield (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 8;
  }

  it.each(responseFormats)('changes nothing the second time in %s', (format) => {
    const next = numbers(7);
    for (let round = 0; round < 500; round++) {
      const length = 1 + (next.next().value! % 14);
      const text = Array.from({ length }, () => pieces[next.next().value! % pieces.length]).join('');
      const once = repairFormat(format, text, context);
      expect({ broken: text, ...repairFormat(format, once.text, context) }).toEqual({ broken: text, text: once.text, repairs: [], repairWordings: [] });
    }
  });
});

describe('citations', () => {
  it('finds each number once, in the order of use', () => {
    expect(findCitations('A [3]. B [1][3], C [2, 1]. In [1859]. See [4](https://example.org).')).toEqual([3, 1, 2]);
  });

  it('removes what refers to nothing and keeps the rest', () => {
    expect(removeUnknownCitations('A [1]. B [9]. C [2][7]. D [2, 8] and [0].', 2)).toEqual({
      text: 'A [1]. B. C [2]. D [2] and.',
      removed: 4,
    });
  });

  it('writes combined marks singly', () => {
    expect(separateCitations('A [1, 2; 3].')).toBe('A [1][2][3].');
  });

  it('leaves text without marks', () => {
    expect(withoutCitations('A [1]. B [2][3]')).toBe('A. B');
  });
});

describe('judgeFormat', () => {
  it('removes, repairs and judges', () => {
    expect(judgeFormat('qa', 'Q: A? [5]\nA: B [1, 2].', { personaName, passageCount: 2 })).toEqual({
      text: '**Q:** A?\n**A:** B [1][2].',
      verdict: {
        satisfied: false,
        violations: [expect.objectContaining({ rule: 'qa.too_few_pairs' })],
        repairs: ['wrote combined citation marks singly'],
        repairWordings: [{ key: 'verdicts.repair.citations', params: {} }],
      },
      removedCitations: 1,
    });
  });

  it.each(responseFormats)('is satisfied with a good reply in %s', (format) => {
    expect(judgeFormat(format, samples[format], { personaName, passageCount: 3 })).toEqual({
      text: samples[format],
      verdict: { satisfied: true, violations: [], repairs: [] },
      removedCitations: 0,
    });
  });
});

describe('replyToMarkdown', () => {
  it('separates questions from answers and lists the sources', () => {
    expect(replyToMarkdown('qa', '**Q:** A?\n**A:** B. [1]', personaName, [{ number: 1, documentTitle: 'Reefs' }])).toBe(
      '**Q:** A?\n\n**A:** B. [1]\n\n[1] Reefs',
    );
  });

  it('leaves the other formats as they are', () => {
    expect(replyToMarkdown('essay', samples.essay)).toBe(samples.essay);
  });
});

describe('formatInstructions', () => {
  it.each(responseFormats)('shows an example of %s that satisfies the format, when there is a grammar', (format) => {
    const instructions = formatInstructions(format, { structured: false, personaName });
    const example = /nothing else:\n([\s\S]*?)\n\n?(?:One closing|Separate|Each speech|Pairs are)/.exec(instructions)?.[1];
    if (format === 'free') expect(example).toBeUndefined();
    else expect(validateFormat(format, example!, context)).toEqual([]);
  });

  it('leaves the marks out when the provider enforces the schema', () => {
    const instructions = formatInstructions('qa', { structured: true, personaName });
    expect(instructions).toContain('"closing"');
    expect(instructions).not.toContain('**Q:**');
  });
});
