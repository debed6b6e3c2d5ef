import { TurnTree, type TurnNode } from './turn-tree.js';

/** Turns in the order in which they began: `b<a` follows a, `b<` begins anew, `b~a` is another try at a's message, `b` names no parent. */
function turns(...names: string[]): TurnNode[] {
  return names.map((name, index) => {
    const [, _id = '', follows, parent, tried] = /^(\w+)(<)?(\w*)(?:~(\w+))?$/.exec(name) ?? [];
    return { _id, ...(follows ? { parentTurnId: parent || null } : {}), regenerationOf: tried ?? null, createdAt: new Date(index) };
  });
}
const path = (tree: TurnTree, turnId: string | null) => (turnId === null ? [] : tree.pathTo(turnId).map(({ _id }) => _id));
const siblings = (tree: TurnTree, turnId: string) => tree.siblingsOf(turnId).map(({ _id }) => _id);

describe('TurnTree', () => {
  it('has no head while nothing was said', () => {
    expect(new TurnTree([]).head()).toBeNull();
    expect(new TurnTree([]).head('gone')).toBeNull();
  });

  it('reads turns without parents as one line', () => {
    const tree = new TurnTree(turns('a', 'b', 'c'));
    expect(path(tree, tree.head())).toEqual(['a', 'b', 'c']);
    expect(siblings(tree, 'b')).toEqual(['b']);
    expect(tree.parentOf('a')).toBeNull();
  });

  it('goes on from the newest try at the message before, where no parents are named', () => {
    const tree = new TurnTree(turns('a', 'a2~a', 'b'));
    expect(path(tree, tree.head())).toEqual(['a2', 'b']);
    expect(siblings(tree, 'a2')).toEqual(['a', 'a2']);
  });

  it('hides nothing behind an old try at an earlier message', () => {
    const tree = new TurnTree(turns('a', 'b', 'a2~a', 'c', 'a3~a'));
    expect(path(tree, tree.head())).toEqual(['a', 'b', 'c']);
    expect(siblings(tree, 'a')).toEqual(['a', 'a2', 'a3']);
  });

  it('ends where was spoken last, on whatever branch', () => {
    const tree = new TurnTree(turns('a<', 'b<a', 'c<b', 'edited<a'));
    expect(path(tree, tree.head())).toEqual(['a', 'edited']);
    expect(siblings(tree, 'edited')).toEqual(['b', 'edited']);
    expect(path(tree, tree.head('c'))).toEqual(['a', 'b', 'c']);
  });

  it('lets a turn without a parent follow the one before it, also on a branch', () => {
    const tree = new TurnTree(turns('a', 'b', 'a2<~a', 'c'));
    expect(path(tree, tree.head())).toEqual(['a2', 'c']);
    expect(siblings(tree, 'a2')).toEqual(['a', 'a2']);
  });

  it('branches at the first message', () => {
    const tree = new TurnTree(turns('a<', 'b<a', 'other<'));
    expect(siblings(tree, 'a')).toEqual(['a', 'other']);
    expect(path(tree, tree.head())).toEqual(['other']);
  });

  it('finds the newest end of a branch', () => {
    const tree = new TurnTree(turns('a<', 'b<a', 'c<b', 'c2<b', 'x<a', 'd<c'));
    expect(tree.newestEndOf('b')).toBe('d');
    expect(tree.newestEndOf('c2')).toBe('c2');
    expect(tree.newestEndOf('a')).toBe('d');
  });

  it('begins anew behind a turn that is not there', () => {
    const tree = new TurnTree(turns('b<gone', 'c<b'));
    expect(tree.parentOf('b')).toBeNull();
    expect(path(tree, tree.head('gone'))).toEqual(['b', 'c']);
  });

  it('says where it does not know, having only the newest turns', () => {
    const tree = new TurnTree(turns('b', 'c<far', 'b2~a', 'd'), { partial: true });
    expect(tree.parentOf('b')).toBeUndefined();
    expect(tree.parentOf('c')).toBeUndefined();
    expect(tree.parentOf('b2')).toBeUndefined();
    expect(tree.parentOf('d')).toBe('c');
    expect(path(tree, 'd')).toEqual(['c', 'd']);
  });

  it('does not go round in circles', () => {
    const tree = new TurnTree(turns('a<b', 'b<a'));
    expect(path(tree, 'b')).toEqual(['a', 'b']);
  });
});
