import { createHash } from 'node:crypto';
import type { TokenUsage } from '@dramatis/contracts/turn';
import { type Connection, type Model, Schema } from 'mongoose';

/** What makes an answer the same answer: asking this of the same model again would cost, and tell nothing new. */
export interface AskedQuestion {
  personaId: string;
  promptVersion: string;
  /** All that is asked about. */
  content: string;
}

interface ModelAnswerRecord {
  _id: string;
  personaId: string;
  /** What goes when this goes: the content hash of a document, or a corpus version. */
  subject: string;
  promptVersion: string;
  provider: string;
  model: string;
  /** As it was read, plain JSON. */
  answer: unknown;
  usage: TokenUsage | null;
  answeredAt: Date;
}

export type AnsweringModel = Pick<ModelAnswerRecord, 'provider' | 'model'>;

function modelAnswerModel(connection: Connection): Model<ModelAnswerRecord> {
  const schema = new Schema<ModelAnswerRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'model_answers' },
  );
  schema.index({ personaId: 1, subject: 1 });
  return (connection.models['ModelAnswer'] as Model<ModelAnswerRecord>) ?? connection.model<ModelAnswerRecord>('ModelAnswer', schema);
}

/** What language models said of documents and corpora, by the hash of what they were asked, in MongoDB. */
export class ModelAnswerRepository {
  private readonly answers: Model<ModelAnswerRecord>;

  constructor(connection: Connection) {
    this.answers = modelAnswerModel(connection);
  }

  /** What one of the models has answered, the first of them before the others; null when none was asked. */
  async find(question: AskedQuestion, models: readonly AnsweringModel[]): Promise<(AnsweringModel & { answer: unknown }) | null> {
    const ids = models.map((model) => idOf(question, model));
    const records = await this.answers.find({ _id: { $in: ids } }).lean<ModelAnswerRecord[]>();
    const [first] = records.sort((a, b) => ids.indexOf(a._id) - ids.indexOf(b._id));
    return first ?? null;
  }

  async put(question: AskedQuestion, given: AnsweringModel & Pick<ModelAnswerRecord, 'subject' | 'answer' | 'usage'>): Promise<void> {
    const { personaId, promptVersion } = question;
    const _id = idOf(question, given);
    // Not through the model: it would validate the replacement as a document without an _id.
    await this.answers.collection.replaceOne({ _id } as never, { personaId, promptVersion, ...given, answeredAt: new Date() }, { upsert: true });
  }

  async delete(personaId: string, subjects: readonly string[]): Promise<void> {
    if (subjects.length > 0) await this.answers.deleteMany({ personaId, subject: { $in: [...subjects] } });
  }

  async deleteOfPersona(personaId: string): Promise<void> {
    await this.answers.deleteMany({ personaId });
  }

  async countOf(personaId: string): Promise<number> {
    return this.answers.countDocuments({ personaId });
  }
}

function idOf({ personaId, promptVersion, content }: AskedQuestion, { provider, model }: AnsweringModel): string {
  return createHash('sha256').update(JSON.stringify(['model-answer', personaId, promptVersion, provider, model, content])).digest('hex');
}
