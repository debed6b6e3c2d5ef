import type { GraphEntity, KnowledgeGraph } from '@dramatis/contracts/knowledge-graph';
import { type SimulationLinkDatum, type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';

export interface PlacedEntity extends GraphEntity {
  x: number;
  y: number;
  radius: number;
}

export interface PlacedEdge {
  from: PlacedEntity;
  to: PlacedEntity;
  weight: number;
  passages: number;
  /** Whether it is among the closest ties of one of its ends. The others would only darken the drawing. */
  close: boolean;
}

export interface GraphLayout {
  entities: PlacedEntity[];
  edges: PlacedEdge[];
  /** What the drawing takes: left, top, width, height. */
  box: [number, number, number, number];
}

type Node = SimulationNodeDatum & PlacedEntity;

/** Ties of each entity that are drawn unless it is chosen. */
const closest = 3;
const ticks = 260;
const margin = 46;
/** A few names are not blown up to fill the page. */
const leastWidth = 640;
const leastHeight = 480;

/** Entities drawn close where they belong close together. The same graph gives the same drawing. */
export function layOut({ entities, edges }: Pick<KnowledgeGraph, 'entities' | 'edges'>): GraphLayout {
  const most = Math.max(1, ...entities.map(({ mentions }) => mentions));
  const nodes = entities.map((entity): Node => ({ ...entity, x: NaN, y: NaN, radius: 5 + 13 * Math.sqrt(entity.mentions / most) }));
  const byId = new Map(nodes.map((node) => [node.entityId, node]));
  const placed = edges.flatMap((edge): PlacedEdge[] => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    return from && to ? [{ from, to, weight: edge.weight, passages: edge.passages, close: false }] : [];
  });
  markClosest(placed);
  const links = placed.filter(({ close }) => close).map((edge): SimulationLinkDatum<Node> & PlacedEdge => ({ ...edge, source: edge.from, target: edge.to }));
  forceSimulation(nodes)
    .force('charge', forceManyBody<Node>().strength(-190).distanceMax(420))
    .force('link', forceLink<Node, SimulationLinkDatum<Node> & PlacedEdge>(links).distance(({ weight }) => 52 + 90 * (1 - weight)).strength(({ weight }) => 0.08 + 0.5 * weight))
    .force('collide', forceCollide<Node>(({ radius }) => radius + 13))
    // What is tied to nothing must not drift away.
    .force('x', forceX<Node>(0).strength(0.045))
    .force('y', forceY<Node>(0).strength(0.075))
    .stop()
    .tick(ticks);
  const xs = nodes.map(({ x }) => x);
  const ys = nodes.map(({ y }) => y);
  const [left, width] = extent(xs, leastWidth);
  const [top, height] = extent(ys, leastHeight);
  return { entities: nodes, edges: placed, box: [left, top, width, height] };
}

function markClosest(edges: readonly PlacedEdge[]): void {
  const drawn = new Map<PlacedEntity, number>();
  for (const edge of [...edges].sort((a, b) => b.weight - a.weight || b.passages - a.passages)) {
    const ends = [edge.from, edge.to].map((end) => [end, drawn.get(end) ?? 0] as const);
    if (ends.every(([, ties]) => ties >= closest)) continue;
    edge.close = true;
    for (const [end, ties] of ends) drawn.set(end, ties + 1);
  }
}

/** Where the drawing begins along one axis, and how long it is: all places with a margin, and the least length around their middle. */
function extent(places: readonly number[], least: number): [from: number, length: number] {
  const first = Math.min(0, ...places) - margin;
  const last = Math.max(0, ...places) + margin;
  const length = Math.max(least, last - first);
  return [(first + last - length) / 2, length];
}

/** The outline of an entity of a type, around the origin: types are told apart by shape, not by colour. */
export function outline(type: string, radius: number): string {
  const r = radius.toFixed(1);
  const d = (radius * 1.15).toFixed(1);
  switch (type) {
    case 'place':
      return `M-${r} -${r}H${r}V${r}H-${r}Z`;
    case 'organization':
    case 'organisation':
      return `M0 -${d}L${d} 0L0 ${d}L-${d} 0Z`;
    case 'date':
      return `M0 -${d}L${d} ${(radius * 0.85).toFixed(1)}H-${d}Z`;
    default:
      return `M-${r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 -${r} 0Z`;
  }
}
