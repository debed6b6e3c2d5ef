import { createNearDuplicateFilter } from './near-duplicates.js';

const texts = (...items: string[]) => {
  const isDuplicate = createNearDuplicateFilter();
  return items.filter((text) => !isDuplicate(text));
};

const original = 'The Analytical Engine weaves algebraical patterns just as the loom weaves flowers and leaves.';

describe('createNearDuplicateFilter', () => {
  it('keeps the first of texts that say the same, whatever their case and punctuation', () => {
    expect(texts(original, original.toUpperCase().replace('.', '!'))).toEqual([original]);
  });

  it('sees one text within another', () => {
    expect(texts(`${original} And more besides is said.`, original)).toHaveLength(1);
  });

  it('keeps neighbours that share a sentence', () => {
    const shared = 'A short sentence of overlap stands here.';
    expect(texts(`${original} ${shared}`, `${shared} The cards of the loom were invented by Jacquard for the weaving of silk in Lyon.`)).toHaveLength(2);
  });

  it('keeps short texts apart', () => {
    expect(texts('Yes.', 'No.', 'Yes!')).toEqual(['Yes.', 'No.']);
  });
});
