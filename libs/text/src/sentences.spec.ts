import { maxSentenceCharacters, splitSentences } from './sentences.js';

const split = (text: string) => splitSentences(text).map((sentence) => sentence.text);

describe('splitSentences', () => {
  it.each([
    ['plain sentences', 'One is here. Two is there! Is three?', ['One is here.', 'Two is there!', 'Is three?']],
    ['titles', 'Mr. Babbage met Dr. Lardner. They spoke.', ['Mr. Babbage met Dr. Lardner.', 'They spoke.']],
    ['initials', 'A. A. Lovelace wrote to J. S. Mill. He replied.', ['A. A. Lovelace wrote to J. S. Mill.', 'He replied.']],
    ['a letter at the end', 'It lacked vitamin C. The sailors fell ill.', ['It lacked vitamin C.', 'The sailors fell ill.']],
    ['the pronoun I', 'He is taller than I. Nobody minds.', ['He is taller than I.', 'Nobody minds.']],
    ['decimals', 'Pi is 3.14159. It is irrational.', ['Pi is 3.14159.', 'It is irrational.']],
    ['a year at the end', 'She was born in 1815. Her father left.', ['She was born in 1815.', 'Her father left.']],
    ['numbers', 'See No. 5 and Fig. 3. The answer was no. Nothing followed.', ['See No. 5 and Fig. 3.', 'The answer was no.', 'Nothing followed.']],
    ['latin', 'Metals, e.g. Iron, rust, i.e. Oxidise. Gold does not.', ['Metals, e.g. Iron, rust, i.e. Oxidise.', 'Gold does not.']],
    ['abbreviated countries', 'The U.S. Army came. He left the U.S. The ship sank.', ['The U.S. Army came.', 'He left the U.S.', 'The ship sank.']],
    ['etc', 'Cogs, wheels, etc. It had all of them.', ['Cogs, wheels, etc.', 'It had all of them.']],
    ['closing quotes', 'She said, “It works.” He nodded.', ['She said, “It works.”', 'He nodded.']],
    ['speech that goes on', '“Really?” she asked. “Yes!” he said.', ['“Really?” she asked.', '“Yes!” he said.']],
    ['brackets', 'It ran. (It had been oiled.) Then it stopped.', ['It ran.', '(It had been oiled.)', 'Then it stopped.']],
    ['an ellipsis that goes on', 'Well... perhaps not. Or… maybe.', ['Well... perhaps not.', 'Or… maybe.']],
    ['an ellipsis that ends', 'I wonder... The end.', ['I wonder...', 'The end.']],
    ['several marks', 'What?! No way!!! Yes.', ['What?!', 'No way!!!', 'Yes.']],
    ['numbering', '1. The first point. 2. The second point.', ['1. The first point.', '2. The second point.']],
    ['citations', 'It is so. [1] That too [2]. And this.', ['It is so.', '[1] That too [2].', 'And this.']],
    ['Chinese', '这是第一句。这是第二句！', ['这是第一句。', '这是第二句！']],
    ['web addresses', 'Read example.org today. It helps.', ['Read example.org today.', 'It helps.']],
    ['paragraphs without a full stop', 'A heading\n\nA paragraph.', ['A heading', 'A paragraph.']],
    ['list items', 'Buy these:\n- bread\n- milk', ['Buy these:', '- bread', '- milk']],
    ['nothing', ' \n\t ', []],
  ])('keeps %s', (_name, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('reads over the wrapping of a paragraph', () => {
    const text = 'The engine weaves algebraical patterns, just as\nthe loom weaves flowers. The Analytical Engine and its\nParts were never built.';
    expect(split(text)).toHaveLength(2);
  });

  it('gives offsets into the text, and loses no character but white space', () => {
    const text = '  “Is it so?”  It is.\n\nMr. B. agreed…  \n';
    const sentences = splitSentences(text);
    for (const { text: sentence, start, end } of sentences) expect(text.slice(start, end)).toBe(sentence);
    expect(sentences.map((sentence) => sentence.text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it.each([
    ['one word', 'a'.repeat(200_000)],
    ['words', 'word '.repeat(40_000)],
    ['full stops', '.'.repeat(200_000)],
    ['spaced full stops', '. '.repeat(100_000)],
    ['initials', 'A. '.repeat(70_000)],
    ['quotes', '"'.repeat(200_000)],
    ['quotes after full stops', '."'.repeat(100_000)],
    ['line breaks', '\n'.repeat(200_000)],
    ['short lines', 'a\n'.repeat(100_000)],
    ['white space in a sentence', `a${' '.repeat(199_998)}b`],
    ['emoji', '😀'.repeat(100_000)],
  ])('survives 200,000 characters of %s', (_name, text) => {
    const sentences = splitSentences(text);
    expect(sentences.filter((sentence) => sentence.text.length > maxSentenceCharacters || !sentence.text.isWellFormed())).toEqual([]);
    expect(sentences.reduce((sum, sentence) => sum + sentence.text.replace(/\s/g, '').length, 0)).toBe(text.replace(/\s/g, '').length);
  });
});
