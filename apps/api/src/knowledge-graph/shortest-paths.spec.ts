import { shortestPaths, type WeightedEdge } from './shortest-paths.js';

const edge = (from: string, to: string, weight: number): WeightedEdge => ({ from, to, weight });
const paths = (edges: WeightedEdge[], from: string, to: string, limits = { paths: 3, maxEdges: 4 }) =>
  shortestPaths(edges, { from, to }, limits).map(({ nodes }) => nodes.join('-'));

describe('shortestPaths', () => {
  it('prefers close ties over few', () => {
    const edges = [edge('ada', 'darwin', 0.1), edge('ada', 'babbage', 0.9), edge('babbage', 'darwin', 0.8)];
    expect(paths(edges, 'ada', 'darwin')).toEqual(['ada-babbage-darwin', 'ada-darwin']);
  });

  it('gives several ways, closest first, none through a place twice', () => {
    const edges = [edge('a', 'b', 0.5), edge('b', 'd', 0.5), edge('a', 'c', 0.4), edge('c', 'd', 0.5), edge('b', 'c', 0.9)];
    expect(paths(edges, 'a', 'd')).toEqual(['a-b-d', 'a-b-c-d', 'a-c-d']);
  });

  it('goes either way along an edge, and no further than the bound', () => {
    const chain = ['a', 'b', 'c', 'd', 'e', 'f'].map((node, i, all) => edge(all[i + 1] ?? 'g', node, 0.9));
    expect(paths(chain, 'a', 'e')).toEqual(['a-b-c-d-e']);
    expect(paths(chain, 'a', 'f')).toEqual([]);
    expect(paths(chain, 'e', 'a')).toEqual(['e-d-c-b-a']);
  });

  it('finds the way within the bound when the closest is too long', () => {
    const edges = [edge('a', 'b', 1), edge('b', 'c', 1), edge('c', 'd', 1), edge('a', 'd', 0.01)];
    expect(paths(edges, 'a', 'd', { paths: 2, maxEdges: 2 })).toEqual(['a-d']);
  });

  it('has none between what is not tied', () => {
    expect(paths([edge('a', 'b', 1)], 'a', 'z')).toEqual([]);
    expect(paths([edge('a', 'b', 0)], 'a', 'b')).toEqual([]);
    expect(paths([], 'a', 'b')).toEqual([]);
  });
});
