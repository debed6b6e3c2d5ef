import { openEnded } from '@dramatis/contracts/knowledge';
import { extractDocument } from '@dramatis/text/extract';
import { cutIntoPassages, hashContent } from './cut-document.js';

const revision = { _id: 'r1', personaId: 'ada', documentId: 'd1', sourceId: 's1', title: 'Notes', validFrom: 3 };
const markdown = (text: string) => extractDocument({ contentType: 'text/markdown', title: 'Notes', text });
const notes = '# Notes\n\nThe engine weaves.\n\n## Cards\n\nThere are three kinds of card.';

describe('cutIntoPassages', () => {
  it('places each passage in its document, persona and version', () => {
    const extracted = markdown(notes);
    const passages = cutIntoPassages(revision, extracted);
    expect(passages).toHaveLength(2);
    expect(passages[1]).toMatchObject({
      passageId: expect.stringMatching(/^[0-9a-f]{32}$/),
      personaId: 'ada',
      documentId: 'd1',
      documentTitle: 'Notes',
      headingPath: ['Cards'],
      ordinal: 1,
      text: 'There are three kinds of card.',
      validFrom: 3,
      validTo: openEnded,
    });
    for (const { text, startOffset, endOffset } of passages) expect(extracted.text.slice(startOffset, endOffset)).toBe(text);
  });

  it('gives the same ids again, and others for another revision', () => {
    const ids = (id: string) => cutIntoPassages({ ...revision, _id: id }, markdown(notes)).map(({ passageId }) => passageId);
    expect(ids('r1')).toEqual(ids('r1'));
    expect(new Set([...ids('r1'), ...ids('r2')]).size).toBe(4);
  });
});

describe('hashContent', () => {
  const hashes = (text: string) => hashContent(markdown(text));

  it('is the same for what reads the same', () => {
    expect(hashes(notes.replace('weaves.', ' *weaves*.\r\n'))).toEqual(hashes(notes));
  });

  it('tells other words from other headings', () => {
    expect(hashes(notes.replace('three', 'two')).contentHash).not.toBe(hashes(notes).contentHash);
    const withoutHeading = hashes(notes.replace('## Cards', 'Cards'));
    expect(withoutHeading.contentHash).toBe(hashes(notes).contentHash);
    expect(withoutHeading.layoutHash).not.toBe(hashes(notes).layoutHash);
  });
});
