import { revisionIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { extractDocument } from '@dramatis/text/extract';
import { cutIntoPassages, hashContent, passagesVersion } from '../ingestion/cut-document.js';
import { chain, rebuildRevision } from './rebuild-revision.js';

const markdown = '# The loom\n\nThe loom weaves flowers.\n\n## Cards\n\nThe cards govern the loom.';
const read = (text: string) => extractDocument({ contentType: 'text/markdown', title: 'Loom', text });

function made(text: string, chunker = passagesVersion) {
  const extracted = read(text);
  const parts = { documentId: 'd', ...hashContent(extracted), validFrom: 2, chunker, embedder: 'e' };
  const revision = { _id: revisionIdOf(parts), ...parts, personaId: 'ada', sourceId: 's', title: 'Loom', validTo: 5 } as unknown as DocumentRevision;
  const stored = cutIntoPassages(revision, extracted).map((passage) => ({ ...passage, validTo: 5 }));
  return { revision, stored };
}

describe('rebuildRevision', () => {
  it('makes the same passages again, bit for bit, whatever became of them since', () => {
    const { revision, stored } = made(markdown);
    const rebuilt = rebuildRevision(revision, read(markdown), stored);
    expect(rebuilt).toMatchObject({ differences: [], identical: stored.length });
    expect(chain('', rebuilt.passages)).toBe(chain('', stored));
  });

  it('finds a stored passage that was tampered with', () => {
    const { revision, stored } = made(markdown);
    const tampered = stored.map((passage, i) => (i === 0 ? { ...passage, text: passage.text.replace('flowers', 'weeds') } : passage));
    const { differences, passages } = rebuildRevision(revision, read(markdown), tampered);
    expect(differences).toMatchObject([{ kind: 'passage_differs', passageId: stored[0]!.passageId }]);
    expect(chain('', passages)).not.toBe(chain('', tampered));
  });

  it('finds passages that are missing, or that nothing makes', () => {
    const { revision, stored } = made(markdown);
    const [first, ...others] = stored;
    expect(rebuildRevision(revision, read(markdown), others).differences).toMatchObject([{ kind: 'passage_unexpected', passageId: first!.passageId }]);
    const strange = { ...first!, passageId: 'f'.repeat(32) };
    expect(rebuildRevision(revision, read(markdown), [...stored, strange]).differences).toMatchObject([{ kind: 'passage_missing', passageId: strange.passageId }]);
  });

  it('names the tool when another has made them', () => {
    const { revision, stored } = made(markdown, 'chunker-of-old');
    const { differences } = rebuildRevision(revision, read(markdown), stored);
    expect(differences[0]).toMatchObject({ kind: 'tool_differs', recorded: 'chunker-of-old', rebuilt: passagesVersion });
    expect(differences.slice(1).every(({ reason }) => reason.includes('other tools'))).toBe(true);
  });

  it('says when the raw object says something else', () => {
    const { revision, stored } = made(markdown);
    const kinds = rebuildRevision(revision, read(markdown.replace('flowers', 'leaves')), stored).differences.map(({ kind }) => kind);
    expect(kinds).toContain('text_differs');
    expect(kinds).toContain('passage_missing');
  });
});
