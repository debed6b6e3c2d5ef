import type { KnowledgeGraph } from '@dramatis/contracts/knowledge-graph';
import { layOut, outline } from './graph-layout';

const id = (letter: string) => letter.repeat(32);
const entity = (letter: string, mentions: number) => ({ entityId: id(letter), name: letter, type: 'person', mentions, passages: mentions, degree: 1 });
const graph: Pick<KnowledgeGraph, 'entities' | 'edges'> = {
  entities: [entity('a', 40), entity('b', 10), entity('c', 1)],
  edges: [
    { from: id('a'), to: id('b'), weight: 0.9, passages: 5, statements: [] },
    { from: id('a'), to: id('f'), weight: 0.9, passages: 5, statements: [] },
  ],
};

describe('layOut', () => {
  it('places every entity within the box, none upon another', () => {
    const { entities, box } = layOut(graph);
    const [left, top, width, height] = box;
    for (const { x, y, radius } of entities) {
      expect(x - radius).toBeGreaterThan(left);
      expect(x + radius).toBeLessThan(left + width);
      expect(y - radius).toBeGreaterThan(top);
      expect(y + radius).toBeLessThan(top + height);
    }
    const [a, b, c] = entities as [(typeof entities)[0], (typeof entities)[0], (typeof entities)[0]];
    for (const [one, other] of [[a, b], [a, c], [b, c]] as const) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.radius + other.radius);
    }
  });

  it('leaves out edges to entities that are not on the page', () => {
    expect(layOut(graph).edges.map(({ from, to }) => `${from.name}${to.name}`)).toEqual(['ab']);
  });

  it('tells the closest ties of each entity from the many', () => {
    const letters = [...'0123456789'];
    const edges = letters.flatMap((from, i) => letters.slice(i + 1).map((to, j) => ({ from: id(from), to: id(to), weight: (i + j) / 20, passages: 1, statements: [] })));
    const placed = layOut({ entities: letters.map((letter) => entity(letter, 5)), edges }).edges;
    expect(placed).toHaveLength(45);
    const close = placed.filter((edge) => edge.close);
    expect(close.length).toBeLessThanOrEqual(30);
    for (const letter of letters) {
      expect(close.filter(({ from, to }) => from.name === letter || to.name === letter).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('draws the same graph the same way', () => {
    expect(layOut(graph)).toEqual(layOut(graph));
  });

  it('draws what is named more often larger', () => {
    const [a, , c] = layOut(graph).entities;
    expect(a!.radius).toBeGreaterThan(c!.radius);
  });

  it('can draw nothing', () => {
    expect(layOut({ entities: [], edges: [] }).box.every(Number.isFinite)).toBe(true);
  });
});

describe('outline', () => {
  it('has another shape for another type, and one for types that it does not know', () => {
    const shapes = ['person', 'place', 'organisation', 'date'].map((type) => outline(type, 5));
    expect(new Set(shapes).size).toBe(4);
    expect(outline('comet', 5)).toBe(outline('person', 5));
  });
});
