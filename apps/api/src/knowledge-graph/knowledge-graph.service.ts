import { DomainError } from '@dramatis/contracts/errors';
import type {
  GraphEdge,
  GraphPaths,
  GraphQuery,
  KnowledgeGraph,
  Neighbourhood,
  NeighbourQuery,
  PathQuery,
  SupportingPassage,
} from '@dramatis/contracts/knowledge-graph';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { type GraphEdgeRecord, KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { shortestPaths, type WeightedEdge } from './shortest-paths.js';

/** Passages that are shown with an edge. */
const shownSupport = 5;
const excerptCharacters = 320;

/** The graph of what a version of a corpus names, to be explored. */
@Injectable()
export class KnowledgeGraphService {
  /** At most 5,000 edges each. A graph may be computed again, so it is not remembered for long. */
  private readonly skeletons = new LRUCache<string, WeightedEdge[]>({ max: 20, ttl: 60_000 });

  constructor(
    private readonly graphs: KnowledgeGraphRepository,
    private readonly profiles: CorpusProfileRepository,
    private readonly versions: CorpusVersionRepository,
    private readonly passages: PassageRepository,
  ) {}

  /** @throws DomainError persona_not_found, corpus_version_not_found */
  async overview(personaId: string, query: GraphQuery): Promise<KnowledgeGraph> {
    const version = await this.versionOf(personaId, query.version);
    const computed = (await this.profiles.find(personaId, version)) !== null;
    const { items, total } = await this.graphs.entities(personaId, version, query);
    const edges = await this.graphs.edgesBetween(personaId, version, items.map(({ entityId }) => entityId));
    return { personaId, version, computed, entities: items, edges: edges.map(toEdge), total };
  }

  /** @throws DomainError persona_not_found, corpus_version_not_found, entity_not_found, corpus_not_profiled */
  async neighbours(personaId: string, entityId: string, query: NeighbourQuery): Promise<Neighbourhood> {
    const version = await this.profiledVersionOf(personaId, query.version);
    const entity = await this.graphs.entity(personaId, version, entityId);
    const edges = await this.graphs.edgesOf(personaId, version, entityId, query.limit);
    const others = edges.map(({ from, to }) => (from === entityId ? to : from));
    const [entities, supported] = await Promise.all([this.graphs.entitiesById(personaId, version, others), this.withSupport(edges)]);
    const neighbours = supported.flatMap((edge, i) => {
      const other = entities.get(others[i]!);
      return other ? [{ entity: other, edge }] : [];
    });
    return { personaId, version, entity, neighbours };
  }

  /** @throws DomainError persona_not_found, corpus_version_not_found, entity_not_found, corpus_not_profiled */
  async paths(personaId: string, { from, to, maxEdges, limit, version: wanted }: PathQuery): Promise<GraphPaths> {
    const version = await this.profiledVersionOf(personaId, wanted);
    await Promise.all([this.graphs.entity(personaId, version, from), this.graphs.entity(personaId, version, to)]);
    const found = shortestPaths(await this.skeleton(personaId, version), { from, to }, { paths: limit, maxEdges });
    const nodes = [...new Set(found.flatMap((path) => path.nodes))];
    const [entities, records] = await Promise.all([
      this.graphs.entitiesById(personaId, version, nodes),
      this.graphs.edgesBetween(personaId, version, nodes),
    ]);
    const walked = new Set(found.flatMap((path) => stepsOf(path.nodes)));
    const edges = new Map((await this.withSupport(records.filter(({ from: a, to: b }) => walked.has(keyOf(a, b))))).map((edge) => [keyOf(edge.from, edge.to), edge]));
    const paths = found.map(({ nodes: on, distance }) => ({
      distance,
      entities: on.flatMap((id) => entities.get(id) ?? []),
      edges: stepsOf(on).flatMap((key) => edges.get(key) ?? []),
    }));
    return { personaId, version, paths };
  }

  private async versionOf(personaId: string, wanted: number | undefined): Promise<number> {
    return wanted === undefined ? this.versions.publishedVersion(personaId) : (await this.versions.getRecord(personaId, wanted)).version;
  }

  private async profiledVersionOf(personaId: string, wanted: number | undefined): Promise<number> {
    const version = await this.versionOf(personaId, wanted);
    if (await this.profiles.find(personaId, version)) return version;
    throw new DomainError('corpus_not_profiled.graph', { version });
  }

  private async skeleton(personaId: string, version: number): Promise<WeightedEdge[]> {
    const key = `${personaId}@${version}`;
    const known = this.skeletons.get(key);
    if (known) return known;
    const edges = await this.graphs.skeleton(personaId, version);
    this.skeletons.set(key, edges);
    return edges;
  }

  private async withSupport(records: readonly GraphEdgeRecord[]): Promise<GraphEdge[]> {
    const ids = [...new Set(records.flatMap(({ support }) => support.slice(0, shownSupport)))];
    const passages = new Map((await this.passages.findMany(ids)).map((passage) => [passage.passageId, passage]));
    return records.map((record) => ({
      ...toEdge(record),
      support: record.support.slice(0, shownSupport).flatMap((id): SupportingPassage[] => {
        const passage = passages.get(id);
        if (!passage) return [];
        const { documentId, documentTitle, text } = passage;
        return [{ passageId: id, documentId, documentTitle, excerpt: text.length > excerptCharacters ? `${text.slice(0, excerptCharacters)}…` : text }];
      }),
    }));
  }
}

function toEdge({ from, to, weight, passages, statements }: GraphEdgeRecord): Omit<GraphEdge, 'support'> {
  return { from, to, weight, passages, statements };
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a}/${b}` : `${b}/${a}`;
}

function stepsOf(nodes: readonly string[]): string[] {
  return nodes.slice(1).map((node, i) => keyOf(nodes[i]!, node));
}
