import { type Connection, type Model, Schema } from 'mongoose';

/** What one revision contributes to the profile and graph of the versions that see it. Computed once: a revision never changes. */
export interface RevisionFacts {
  /** The revision's id. */
  _id: string;
  /** Names what computed them; facts of another are computed again. */
  analyzer: string;
  documentId: string;
  language: string;
  sentiment: { score: number; label: 'negative' | 'neutral' | 'positive' } | null;
  summary: string;
  terms: { key: string; label: string; count: number }[];
  entities: { name: string; kind: string; definite: boolean; aliases: string[]; count: number }[];
  /** Which entities each passage names, and how often, for passages that name any. */
  passages: { passageId: string; entities: { name: string; count: number }[] }[];
  statements: { subject: string; predicate: string; object: string; passageId: string }[];
}

function revisionFactsModel(connection: Connection): Model<RevisionFacts> {
  const schema = new Schema<RevisionFacts>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'revision_facts' },
  );
  return (connection.models['RevisionFacts'] as Model<RevisionFacts>) ?? connection.model<RevisionFacts>('RevisionFacts', schema);
}

/** Facts of revisions in MongoDB. */
export class RevisionFactsRepository {
  private readonly facts: Model<RevisionFacts>;

  constructor(connection: Connection) {
    this.facts = revisionFactsModel(connection);
  }

  async find(revisionIds: readonly string[], analyzer: string): Promise<Map<string, RevisionFacts>> {
    const records = await this.facts.find({ _id: { $in: [...revisionIds] }, analyzer }).lean<RevisionFacts[]>();
    return new Map(records.map((record) => [record._id, record]));
  }

  async put(facts: readonly RevisionFacts[]): Promise<void> {
    if (facts.length === 0) return;
    const operations = facts.map(({ _id, ...rest }) => ({ replaceOne: { filter: { _id }, replacement: rest, upsert: true } }));
    await this.facts.collection.bulkWrite(operations as never, { ordered: false });
  }

  async delete(revisionIds: readonly string[]): Promise<void> {
    await this.facts.deleteMany({ _id: { $in: [...revisionIds] } });
  }
}
