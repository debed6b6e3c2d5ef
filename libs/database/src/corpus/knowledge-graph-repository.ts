import { createHash } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import type { GraphEntity, GraphQuery } from '@dramatis/contracts/knowledge-graph';
import { type Connection, type Model, type QueryFilter, Schema } from 'mongoose';
import { inTwoStages } from '../in-two-stages.js';
import { containing } from '../text-match.js';
import { corpusVersionKey } from './corpus-version-model.js';

export interface GraphEntityRecord extends GraphEntity {
  /** `<personaId>@<version>/<entityId>`. */
  _id: string;
  /** `<personaId>@<version>`. */
  graph: string;
  /** In small letters, to be searched. */
  searched: string;
  /** The passages that name it, in order of the corpus. */
  passageIds: string[];
}

/** Ids may be many, and are read by themselves. */
const withoutPassages = { passageIds: 0 } as const;

export interface GraphStatement {
  subject: string;
  verb: string;
  object: string;
  passageId: string;
}

/** One edge; `from` comes before `to` in the order of ids. */
export interface GraphEdgeRecord {
  /** `<personaId>@<version>/<from>/<to>`. */
  _id: string;
  graph: string;
  from: string;
  to: string;
  weight: number;
  passages: number;
  /** Some of the passages that support it, in order of the corpus. */
  support: string[];
  statements: GraphStatement[];
}

export interface NewGraph {
  personaId: string;
  version: number;
  entities: (GraphEntity & { passageIds: string[] })[];
  edges: Pick<GraphEdgeRecord, 'from' | 'to' | 'weight' | 'passages' | 'support' | 'statements'>[];
}

const options = { versionKey: false, strict: false, minimize: false } as const;
/** Records in one request to the database. */
const batchSize = 1_000;

function entityModel(connection: Connection): Model<GraphEntityRecord> {
  const schema = new Schema<GraphEntityRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'graph_entities' });
  schema.index({ graph: 1, mentions: -1 });
  schema.index({ graph: 1, type: 1, mentions: -1 });
  return (connection.models['GraphEntity'] as Model<GraphEntityRecord>) ?? connection.model<GraphEntityRecord>('GraphEntity', schema);
}

function edgeModel(connection: Connection): Model<GraphEdgeRecord> {
  const schema = new Schema<GraphEdgeRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'graph_edges' });
  schema.index({ graph: 1, from: 1, weight: -1 });
  schema.index({ graph: 1, to: 1, weight: -1 });
  return (connection.models['GraphEdge'] as Model<GraphEdgeRecord>) ?? connection.model<GraphEdgeRecord>('GraphEdge', schema);
}

/** The id of what a persona's corpus names so: the same in every version. */
export function entityIdOf(personaId: string, name: string): string {
  return createHash('sha256').update(JSON.stringify(['entity', personaId, name])).digest('hex').slice(0, 32);
}

/** Graphs of what versions of corpora name, in MongoDB. */
export class KnowledgeGraphRepository {
  private readonly entityRecords: Model<GraphEntityRecord>;
  private readonly edgeRecords: Model<GraphEdgeRecord>;

  constructor(connection: Connection) {
    this.entityRecords = entityModel(connection);
    this.edgeRecords = edgeModel(connection);
  }

  /** Stores the graph in place of a former one of the same version. */
  async put({ personaId, version, entities, edges }: NewGraph): Promise<void> {
    await this.delete(personaId, [version]);
    const graph = corpusVersionKey(personaId, version);
    const entityRecords = entities.map((entity) => ({ ...entity, _id: `${graph}/${entity.entityId}`, graph, searched: entity.name.toLowerCase() }));
    const edgeRecords = edges.map((edge) => ({ ...edge, _id: `${graph}/${edge.from}/${edge.to}`, graph }));
    await insertAll(this.entityRecords, entityRecords);
    await insertAll(this.edgeRecords, edgeRecords);
  }

  async delete(personaId: string, versions: readonly number[]): Promise<void> {
    for (const version of versions) {
      const graph = corpusVersionKey(personaId, version);
      await this.edgeRecords.deleteMany({ graph });
      await this.entityRecords.deleteMany({ graph });
    }
  }

  /** The most named first. */
  async entities(
    personaId: string,
    version: number,
    query: Pick<GraphQuery, 'type' | 'search' | 'limit' | 'offset'>,
  ): Promise<{ items: GraphEntity[]; total: number }> {
    const filter: QueryFilter<GraphEntityRecord> = {
      graph: corpusVersionKey(personaId, version),
      ...(query.type === undefined ? {} : { type: query.type }),
      ...(query.search === undefined || query.search === '' ? {} : { searched: containing(query.search) }),
    };
    const [records, total] = await Promise.all([
      this.entityRecords.find(filter, withoutPassages).sort({ mentions: -1, _id: 1 }).skip(query.offset).limit(query.limit).lean<EntityHead[]>(),
      this.entityRecords.countDocuments(filter),
    ]);
    return { items: records.map(toEntity), total };
  }

  /** Those that are there, by id. */
  async entitiesById(personaId: string, version: number, entityIds: readonly string[]): Promise<Map<string, GraphEntity>> {
    const graph = corpusVersionKey(personaId, version);
    const ids = [...new Set(entityIds)].map((id) => `${graph}/${id}`);
    const records = await this.entityRecords.find({ _id: { $in: ids } }, withoutPassages).lean<EntityHead[]>();
    return new Map(records.map((record) => [record.entityId, toEntity(record)]));
  }

  /** @throws DomainError entity_not_found */
  async entity(personaId: string, version: number, entityId: string): Promise<GraphEntity> {
    const found = (await this.entitiesById(personaId, version, [entityId])).get(entityId);
    if (!found) throw new DomainError('entity_not_found', { version, personaId, id: entityId });
    return found;
  }

  /** The passages that name what is called so, whatever its case; null when the version's graph has nothing of that name. */
  async passagesNaming(personaId: string, version: number, name: string): Promise<string[] | null> {
    const named = { graph: corpusVersionKey(personaId, version), searched: name.toLowerCase() };
    const record = await this.entityRecords.findOne(named, { passageIds: 1 }).lean<Pick<GraphEntityRecord, 'passageIds'>>();
    return record?.passageIds ?? null;
  }

  /** Edges of an entity, the closest first. */
  async edgesOf(personaId: string, version: number, entityId: string, limit: number): Promise<GraphEdgeRecord[]> {
    const graph = corpusVersionKey(personaId, version);
    const [from, to] = await Promise.all(
      (['from', 'to'] as const).map((end) => this.edgeRecords.find({ graph, [end]: entityId }).sort({ weight: -1, _id: 1 }).limit(limit).lean<GraphEdgeRecord[]>()),
    );
    return [...from!, ...to!].sort((a, b) => b.weight - a.weight || b.passages - a.passages).slice(0, limit);
  }

  /** Edges whose both ends are among the entities. */
  async edgesBetween(personaId: string, version: number, entityIds: readonly string[]): Promise<GraphEdgeRecord[]> {
    const among = { $in: [...entityIds] };
    const edges = inTwoStages({ graph: corpusVersionKey(personaId, version), from: among }, { to: among });
    return this.edgeRecords.aggregate<GraphEdgeRecord>([...edges, { $sort: { weight: -1, _id: 1 } }]);
  }

  /** All edges, without what supports them. */
  async skeleton(personaId: string, version: number): Promise<Pick<GraphEdgeRecord, 'from' | 'to' | 'weight'>[]> {
    return this.edgeRecords
      .find({ graph: corpusVersionKey(personaId, version) }, { from: 1, to: 1, weight: 1, _id: 0 })
      .lean<Pick<GraphEdgeRecord, 'from' | 'to' | 'weight'>[]>();
  }
}

async function insertAll<T extends { _id: string }>(model: Model<T>, records: readonly T[]): Promise<void> {
  for (let start = 0; start < records.length; start += batchSize) {
    await model.collection.insertMany(records.slice(start, start + batchSize) as never, { ordered: false });
  }
}

type EntityHead = Omit<GraphEntityRecord, 'passageIds'>;

function toEntity({ _id, graph: _graph, searched: _searched, ...entity }: EntityHead): GraphEntity {
  return entity;
}
