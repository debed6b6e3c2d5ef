import { join, relative, resolve } from 'node:path';
import { findCycles, readModuleGraph } from './module-cycles.mjs';

const root = resolve(import.meta.dirname, '..', '..', '..');

describe('findCycles', () => {
  it('finds a cycle of any length once, and none where modules only share another', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', []],
      ['e', ['e']],
    ]);
    expect(findCycles(graph)).toEqual([['a', 'b', 'c'], ['e']]);
  });
});

describe('the modules', () => {
  it.each(['apps', 'workflows', 'activities', 'libs', 'e2e'])('of %s do not import each other in a circle', (folder) => {
    const graph = readModuleGraph(join(root, folder));
    expect([...graph.values()].flat()).not.toHaveLength(0);
    expect(findCycles(graph).map((cycle) => cycle.map((file) => relative(root, file)))).toEqual([]);
  });
});
