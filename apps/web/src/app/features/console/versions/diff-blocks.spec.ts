import { diffBlocks } from './diff-blocks';

describe('diffBlocks', () => {
  it('joins a line and its rewriting', () => {
    const blocks = diffBlocks([
      { kind: 'same', text: 'Before.' },
      { kind: 'removed', text: 'The engine weaves patterns.' },
      { kind: 'added', text: 'The engine weaves algebraic patterns.' },
    ]);
    expect(blocks.map(({ kind }) => kind)).toEqual(['same', 'rewritten']);
  });

  it('leaves lines apart that have little in common', () => {
    const blocks = diffBlocks([
      { kind: 'removed', text: 'A sentence about looms and cards.' },
      { kind: 'added', text: 'Something else entirely stands here now.' },
    ]);
    expect(blocks.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('leaves what only came or only went', () => {
    expect(diffBlocks([{ kind: 'added', text: 'New.' }, { kind: 'same', text: 'Old.' }, { kind: 'removed', text: 'Gone.' }]).map(({ kind }) => kind)).toEqual(['added', 'same', 'removed']);
  });
});
