import { keywords } from './keywords.js';
import { isCommonTerm, type DocumentTerms, weighTerms, type TermStatistics } from './terms.js';

/** What several documents of a corpus are about. Plain JSON. */
export interface Topic {
  /** One or two key phrases, as they are written: `Analytical Engine, cards`. */
  label: string;
  /** The weightiest terms, at most 8. */
  terms: string[];
  /** The documents that are more about this than about any other topic, the closest first. */
  documentIds: string[];
}

export interface TopicDocument {
  documentId: string;
  terms: DocumentTerms;
}

export interface TopicOptions {
  /** Whose name labels no topic. */
  speaker?: { name: string };
}

const maxTopics = 12;
const maxRounds = 12;
const maxVectorTerms = 60;

type Vector = Map<string, number>;

/**
 * The topics of a corpus, largest first: spherical k-means over the TF-IDF vectors of its documents, from starting points that are
 * far from each other. About one topic for three documents, at most 12. The same documents give the same topics, in whatever order they come.
 */
export function topicsOf(documents: TopicDocument[], statistics: TermStatistics, options: TopicOptions = {}): Topic[] {
  const sorted = documents.filter(({ terms }) => terms.length > 0).sort((one, other) => (one.documentId < other.documentId ? -1 : 1));
  if (sorted.length === 0) return [];
  const labels = new Map(sorted.flatMap(({ terms }) => terms.map(({ key, label }) => [key, label] as const)));
  const vectors = sorted.map(({ terms }) => normalized(new Map(weighTerms(terms, statistics).slice(0, maxVectorTerms).map(({ key, score }) => [key, score]))));
  const clusters = cluster(vectors, Math.min(maxTopics, Math.max(1, Math.round(sorted.length / 2.5))));
  // Every document of a persona is about the persona.
  const own = new Set(keywords(options.speaker?.name ?? ''));
  const used = new Set<string>();
  return clusters
    .sort((one, other) => other.members.length - one.members.length || one.members[0]! - other.members[0]!)
    .map(({ centroid, members }) => {
      const keys = labelKeys(centroid, members.map((member) => vectors[member]!), labels, used, own);
      const byCloseness = [...members].sort((one, other) => dot(vectors[other]!, centroid) - dot(vectors[one]!, centroid));
      return {
        label: capitalize(keys.slice(0, 2).map((key) => labels.get(key)!).join(', ')),
        terms: keys.map((key) => labels.get(key)!),
        documentIds: byCloseness.map((member) => sorted[member]!.documentId),
      };
    });
}

interface Cluster {
  centroid: Vector;
  members: number[];
}

function cluster(vectors: Vector[], count: number): Cluster[] {
  let centroids = startingPoints(vectors, count);
  let assigned: number[] = [];
  for (let round = 0; round < maxRounds; round += 1) {
    const nearest = vectors.map((vector) => indexOfBest(centroids, (centroid) => dot(vector, centroid)));
    if (nearest.every((index, at) => index === assigned[at])) break;
    assigned = nearest;
    centroids = centroids.map((old, index) => {
      const members = vectors.filter((_, at) => assigned[at] === index);
      return members.length > 0 ? normalized(sumOf(members)) : old;
    });
  }
  return withoutSingles(centroids
    .map((centroid, index) => ({ centroid, members: vectors.flatMap((_, at) => (assigned[at] === index ? [at] : [])) }))
    .filter(({ members }) => members.length > 0), vectors);
}

/** A single document makes no topic of a corpus that has others: it joins the nearest. */
function withoutSingles(clusters: Cluster[], vectors: Vector[]): Cluster[] {
  const topics = clusters.filter(({ members }) => members.length > 1);
  if (topics.length === 0) return clusters;
  for (const { members } of clusters.filter((single) => single.members.length === 1)) {
    const vector = vectors[members[0]!]!;
    topics[indexOfBest(topics, ({ centroid }) => dot(vector, centroid))]!.members.push(members[0]!);
  }
  return topics.map(({ members }) => ({ members: members.sort((one, other) => one - other), centroid: normalized(sumOf(members.map((member) => vectors[member]!))) }));
}

/** The document nearest to the middle of the corpus, then always one far from all chosen that still has to do with many others. */
function startingPoints(vectors: Vector[], count: number): Vector[] {
  const middle = normalized(sumOf(vectors));
  const centrality = vectors.map((vector) => dot(vector, middle));
  const chosen = [vectors[indexOfBest(centrality, (value) => value)]!];
  const closeness = vectors.map((vector) => dot(vector, chosen[0]!));
  while (chosen.length < count) {
    const candidates = closeness.map((value, at) => (1 - value) ** 2 * centrality[at]!);
    const next = indexOfBest(candidates, (value) => value);
    if (closeness[next]! > 0.95) break;
    chosen.push(vectors[next]!);
    vectors.forEach((vector, at) => (closeness[at] = Math.max(closeness[at]!, dot(vector, vectors[next]!))));
  }
  return chosen;
}

/** What the members have in common; a term names one topic only, and none that says a part of another. */
function labelKeys(centroid: Vector, members: Vector[], labels: Map<string, string>, used: Set<string>, own: Set<string>): string[] {
  const ranked = [...centroid]
    .map(([key, weight]) => ({ key, weight: weight * Math.sqrt(members.filter((member) => member.has(key)).length / members.length) * (isCommonTerm(labels.get(key)!) ? 0.5 : 1) }))
    .sort((one, other) => other.weight - one.weight || (one.key < other.key ? -1 : 1));
  const keys: string[] = [];
  for (const [at, { key: word, weight }] of ranked.slice(0, 100).entries()) {
    if (keys.length === 8) break;
    // The whole name rather than the part of it that is used most.
    const phrase = word.includes(' ') ? undefined : ranked.slice(at + 1, at + 60).find((other) => other.weight > weight * 0.3 && other.key.split(' ').includes(word) && other.key.includes(' '));
    const key = phrase?.key ?? word;
    const words = new Set(key.split(' '));
    if (used.has(key) || key.split(' ').some((part) => own.has(part)) || keys.some((chosen) => chosen.split(' ').some((word) => words.has(word)))) continue;
    keys.push(key);
  }
  for (const key of keys.slice(0, 2)) used.add(key);
  return keys.length > 0 ? keys : [ranked[0]!.key];
}

function indexOfBest<Item>(items: Item[], score: (item: Item) => number): number {
  let best = 0;
  let most = -Infinity;
  for (const [index, item] of items.entries()) {
    const value = score(item);
    if (value > most) [best, most] = [index, value];
  }
  return best;
}

function dot(one: Vector, other: Vector): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [key, value] of small) sum += value * (large.get(key) ?? 0);
  return sum;
}

function sumOf(vectors: Vector[]): Vector {
  const sum: Vector = new Map();
  for (const vector of vectors) for (const [key, value] of vector) sum.set(key, (sum.get(key) ?? 0) + value);
  return sum;
}

function normalized(vector: Vector): Vector {
  const length = Math.hypot(...vector.values()) || 1;
  return new Map([...vector].map(([key, value]) => [key, value / length]));
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
