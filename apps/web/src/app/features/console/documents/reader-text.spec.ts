import { readerText } from './reader-text';

const text = 'On weaving\n\nAda Lovelace wrote notes. She wrote them\nfor Babbage.\n\nThe end.';
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const ada = { name: 'Ada Lovelace', type: 'person', count: 1, mentions: [at('Ada Lovelace')] };
const surname = { name: 'Lovelace', type: 'person', count: 1, mentions: [at('Lovelace')] };
const passages = [
  { ordinal: 0, startOffset: 0, endOffset: at('notes.').end },
  { ordinal: 1, startOffset: at('She wrote').start, endOffset: text.length },
];
const nothing = { passages: [], entities: [], headings: new Set<string>(), chosen: null };

describe('readerText', () => {
  it('keeps every character of the paragraphs, whatever is marked', () => {
    const paragraphs = readerText(text, { ...nothing, passages, entities: [ada, surname], chosen: 1 });
    expect(paragraphs.map(({ stretches }) => stretches.map((stretch) => stretch.text).join(''))).toEqual(['On weaving', 'Ada Lovelace wrote notes. She wrote them\nfor Babbage.', 'The end.']);
  });

  it('marks a name once, the longer one where names lie within names', () => {
    const named = readerText(text, { ...nothing, entities: [surname, ada] })[1]!.stretches.filter(({ entity }) => entity);
    expect(named.map((stretch) => [stretch.text, stretch.entity?.name])).toEqual([['Ada Lovelace', 'Ada Lovelace']]);
  });

  it('says where each passage begins', () => {
    const begins = readerText(text, { ...nothing, passages }).flatMap(({ stretches }) => stretches.filter(({ begins }) => begins.length > 0));
    expect(begins.map(({ begins, text: words }) => [begins, words.slice(0, 9)])).toEqual([
      [[0], 'On weavin'],
      [[1], 'She wrote'],
    ]);
  });

  it('marks the passage that is looked at across paragraphs', () => {
    const chosen = readerText(text, { ...nothing, passages, chosen: 1 }).flatMap(({ stretches }) => stretches.filter((stretch) => stretch.chosen));
    expect(chosen.map((stretch) => stretch.text)).toEqual(['She wrote them\nfor Babbage.', 'The end.']);
  });

  it('shows a passage that begins between paragraphs at the next one', () => {
    const gap = text.indexOf('\n\nThe end') + 1;
    const begins = readerText(text, { ...nothing, passages: [{ ordinal: 7, startOffset: gap, endOffset: text.length }] }).flatMap(({ stretches }) => stretches.filter((stretch) => stretch.begins.length > 0));
    expect(begins.map((stretch) => [stretch.begins, stretch.text])).toEqual([[[7], 'The end.']]);
  });

  it('knows headings', () => {
    expect(readerText(text, { ...nothing, headings: new Set(['On weaving']) }).map(({ heading }) => heading)).toEqual([true, false, false]);
  });
});
