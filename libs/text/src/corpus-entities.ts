import type { Entity, EntityKind } from './entities.js';
import { genderOfFirstName } from './entity-kind.js';

export interface CorpusEntity {
  name: string;
  kind: EntityKind;
  /** Whether it is mostly written with an article: "the Danube". */
  definite: boolean;
  aliases: string[];
  /** Mentions in all documents. */
  count: number;
  documentIds: string[];
}

export interface DocumentEntities {
  documentId: string;
  entities: Pick<Entity, 'name' | 'kind' | 'definite' | 'aliases' | 'count'>[];
}

export interface CorpusEntities {
  /** Most often named first. */
  entities: CorpusEntity[];
  /** What a document's entity is called in the corpus: "Mr Babbage" of one document is Charles Babbage. */
  nameIn(documentId: string, name: string): string;
}

const maxAliases = 12;
const title = /^(?:(?:mr|dr|professor|captain|sir)\.? )+/i;
const femaleTitle = /^(?:mrs|ms|miss)\.? /;

interface Cluster {
  count: number;
  definite: number;
  names: Map<string, number>;
  kinds: Map<EntityKind, number>;
  documentIds: Set<string>;
  named: { documentId: string; name: string }[];
}

/**
 * The entities of a corpus: the same name in several documents is the same one, and so is a surname or a titled name that
 * only one fuller name of the corpus fits.
 */
export function corpusEntities(documents: DocumentEntities[]): CorpusEntities {
  const clusters = clustersByName(documents);
  const byEnd = new Map<string, string[]>();
  for (const key of clusters.keys()) {
    const end = key.slice(key.lastIndexOf(' ') + 1);
    if (end !== key) byEnd.set(end, [...(byEnd.get(end) ?? []), key].slice(0, 10));
  }
  for (const [key, cluster] of [...clusters].sort(([one], [other]) => one.length - other.length)) {
    const kind = leading(cluster.kinds);
    const whole = kind === 'work' ? fullerTitle(key, byEnd, clusters) : kind === 'place' || kind === 'organisation' ? undefined : fullerName(key, cluster, byEnd, clusters);
    if (whole === undefined) continue;
    mergeInto(clusters.get(whole)!, cluster);
    clusters.delete(key);
  }
  return resultOf([...clusters.values()]);
}

function clustersByName(documents: DocumentEntities[]): Map<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  for (const { documentId, entities } of documents) {
    for (const { name, kind, definite, aliases, count } of entities) {
      const key = keyOf(name);
      const cluster = clusters.get(key) ?? emptyCluster();
      clusters.set(key, cluster);
      cluster.count += count;
      if (definite) cluster.definite += count;
      cluster.documentIds.add(documentId);
      cluster.named.push({ documentId, name });
      add(cluster.names, name, count);
      for (const alias of aliases) add(cluster.names, alias, 0);
      // A sign of one kind weighs more than none in many places.
      add(cluster.kinds, kind, kind === 'other' ? count * 0.5 : count);
    }
  }
  return clusters;
}

function emptyCluster(): Cluster {
  return { count: 0, definite: 0, names: new Map(), kinds: new Map(), documentIds: new Set(), named: [] };
}

function keyOf(name: string): string {
  return name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/^the /, '').replace(title, '').replace(/^(mrs|ms)\. /, '$1 ');
}

/** The one fuller name, of a person, that this one shortens: a surname, with a title or without, or first and last name. */
function fullerName(key: string, cluster: Cluster, byEnd: Map<string, string[]>, clusters: Map<string, Cluster>): string | undefined {
  const short = key.replace(femaleTitle, '');
  const gender = short !== key ? 'f' : [...cluster.names.keys()].some((name) => /^(?:Mr|Sir)\b/.test(name)) ? 'm' : null;
  const [first, last] = [short.split(' ')[0]!, short.slice(short.lastIndexOf(' ') + 1)];
  const fuller = (byEnd.get(last) ?? []).filter((other) => {
    if (other === key || !clusters.has(other) || leading(clusters.get(other)!.kinds) !== 'person' || /^(?:lady|mrs|ms|miss|lord) /.test(other)) return false;
    const otherGender = genderOfFirstName(other.split(' ')[0]!);
    if (gender !== null && otherGender !== null && gender !== otherGender) return false;
    return other.endsWith(` ${short}`) || (first !== last && other.startsWith(`${first} `) && other.length > short.length);
  });
  if (fuller.length === 1) return fuller[0];
  const [most, second] = fuller.sort((one, other) => clusters.get(other)!.count - clusters.get(one)!.count);
  return most !== undefined && clusters.get(most)!.count >= 4 * clusters.get(second!)!.count ? most : undefined;
}

/** "Vindication of the Rights of Woman" for "Rights of Woman". */
function fullerTitle(key: string, byEnd: Map<string, string[]>, clusters: Map<string, Cluster>): string | undefined {
  const fuller = (byEnd.get(key.slice(key.lastIndexOf(' ') + 1)) ?? []).filter((other) => clusters.has(other) && other.endsWith(` ${key}`));
  return key.includes(' ') && fuller.length === 1 ? fuller[0] : undefined;
}

function mergeInto(target: Cluster, cluster: Cluster): void {
  target.count += cluster.count;
  target.definite += cluster.definite;
  for (const id of cluster.documentIds) target.documentIds.add(id);
  for (const entry of cluster.named) target.named.push(entry);
  for (const name of cluster.names.keys()) add(target.names, name, 0);
}

function resultOf(clusters: Cluster[]): CorpusEntities {
  const names = new Map<string, string>();
  const entities = clusters.map((cluster) => {
    const name = leading(cluster.names);
    for (const named of cluster.named) names.set(`${named.documentId}\n${named.name}`, name);
    const aliases = [...cluster.names.keys()].filter((alias) => alias !== name).slice(0, maxAliases);
    return { name, kind: leading(cluster.kinds), definite: cluster.definite * 2 > cluster.count, aliases, count: cluster.count, documentIds: [...cluster.documentIds] };
  });
  return {
    entities: entities.sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1)),
    nameIn: (documentId, name) => names.get(`${documentId}\n${name}`) ?? name,
  };
}

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function leading<Key>(counts: Map<Key, number>): Key {
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
