export interface WeightedEdge {
  from: string;
  to: string;
  /** 0-1, higher is closer. */
  weight: number;
}

export interface WeightedPath {
  nodes: string[];
  /** Sum over its edges of how far apart their ends are, from 0. */
  distance: number;
}

type Neighbours = Map<string, Map<string, number>>;

/**
 * The shortest simple paths between two nodes of an undirected graph, shortest first, of at most `maxEdges` edges. An edge is as long
 * as its weight is small: -ln(weight), so that a path's weights multiply.
 * @see Yen, Finding the k shortest loopless paths in a network, Management Science 1971
 */
export function shortestPaths(edges: readonly WeightedEdge[], ends: { from: string; to: string }, limits: { paths: number; maxEdges: number }): WeightedPath[] {
  const neighbours = neighboursOf(edges);
  const first = shortestPath(neighbours, ends.from, ends.to, limits.maxEdges, { nodes: new Set(), edges: new Set() });
  if (first === null) return [];
  const found = [first];
  const candidates = new Map<string, WeightedPath>();
  while (found.length < limits.paths) {
    const last = found.at(-1)!;
    for (let i = 0; i + 1 < last.nodes.length; i += 1) {
      const root = last.nodes.slice(0, i + 1);
      const avoided = { nodes: new Set(root.slice(0, -1)), edges: new Set<string>() };
      for (const { nodes } of found) if (nodes.slice(0, i + 1).join() === root.join()) avoided.edges.add(edgeKey(nodes[i]!, nodes[i + 1]!));
      const spur = shortestPath(neighbours, root.at(-1)!, ends.to, limits.maxEdges - i, avoided);
      if (spur === null) continue;
      const nodes = [...root.slice(0, -1), ...spur.nodes];
      candidates.set(nodes.join(), { nodes, distance: distanceOf(neighbours, root) + spur.distance });
    }
    for (const { nodes } of found) candidates.delete(nodes.join());
    const [next] = [...candidates].sort(([, a], [, b]) => a.distance - b.distance || a.nodes.length - b.nodes.length);
    if (!next) break;
    found.push(next[1]);
  }
  return found;
}

function neighboursOf(edges: readonly WeightedEdge[]): Neighbours {
  const neighbours: Neighbours = new Map();
  const add = (from: string, to: string, length: number) => {
    const known = neighbours.get(from) ?? new Map<string, number>();
    neighbours.set(from, known.set(to, length));
  };
  for (const { from, to, weight } of edges) {
    if (weight <= 0) continue;
    add(from, to, -Math.log(Math.min(1, weight)));
    add(to, from, -Math.log(Math.min(1, weight)));
  }
  return neighbours;
}

/** Shortest by number of edges, one more at a time (Bellman-Ford): the bound on edges rules out what Dijkstra's algorithm takes for settled. */
function shortestPath(
  neighbours: Neighbours,
  from: string,
  to: string,
  maxEdges: number,
  avoided: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> },
): WeightedPath | null {
  let reached = new Map<string, WeightedPath>([[from, { nodes: [from], distance: 0 }]]);
  let best: WeightedPath | null = null;
  for (let edges = 0; edges < maxEdges && reached.size > 0; edges += 1) {
    const next = new Map<string, WeightedPath>();
    for (const [node, path] of reached) {
      for (const [neighbour, length] of neighbours.get(node) ?? []) {
        if (avoided.nodes.has(neighbour) || avoided.edges.has(edgeKey(node, neighbour)) || path.nodes.includes(neighbour)) continue;
        const distance = path.distance + length;
        if (best && distance >= best.distance) continue;
        const known = next.get(neighbour);
        if (!known || distance < known.distance) next.set(neighbour, { nodes: [...path.nodes, neighbour], distance });
      }
    }
    best = shorter(best, next.get(to) ?? null);
    next.delete(to);
    reached = next;
  }
  return best;
}

function shorter(a: WeightedPath | null, b: WeightedPath | null): WeightedPath | null {
  if (a === null || b === null) return a ?? b;
  return b.distance < a.distance ? b : a;
}

function distanceOf(neighbours: Neighbours, nodes: readonly string[]): number {
  return nodes.slice(1).reduce((sum, node, i) => sum + neighbours.get(nodes[i]!)!.get(node)!, 0);
}

function edgeKey(a: string, b: string): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`;
}
