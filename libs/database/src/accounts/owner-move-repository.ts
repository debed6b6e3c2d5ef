import { type Connection, type Model, Schema } from 'mongoose';
import { conversationModel, type ConversationRecord } from '../conversations/conversation-model.js';
import { turnModel, type TurnRecord } from '../conversations/turn-model.js';

/** Longer than a request of the guest can still be on its way. */
const settleMs = 15_000;
const keptSeconds = 30 * 86_400;

interface OwnerMoveRecord {
  /** The guest. */
  _id: string;
  accountId: string;
  /** The guest's conversations, whose turns move too. */
  conversationIds: string[];
  at: Date;
  settledAt: Date | null;
}

function ownerMoveModel(connection: Connection): Model<OwnerMoveRecord> {
  const schema = new Schema<OwnerMoveRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'owner_moves' },
  );
  schema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });
  return (connection.models['OwnerMove'] as Model<OwnerMoveRecord>) ?? connection.model<OwnerMoveRecord>('OwnerMove', schema);
}

/**
 * Moves what a guest owns to the account that they sign in to. The move is on record first and made a second time some seconds later, so
 * that neither a process that dies in the middle nor a message that was sent meanwhile leaves something behind.
 */
export class OwnerMoveRepository {
  private readonly moves: Model<OwnerMoveRecord>;
  private readonly conversations: Model<ConversationRecord>;
  private readonly turns: Model<TurnRecord>;

  constructor(connection: Connection) {
    this.moves = ownerMoveModel(connection);
    this.conversations = conversationModel(connection);
    this.turns = turnModel(connection);
  }

  /** Moves the guest's conversations with their turns; returns how many. */
  async move(guestId: string, accountId: string): Promise<number> {
    await this.moves.updateOne({ _id: guestId }, { $set: { accountId, at: new Date(), settledAt: null }, $setOnInsert: { conversationIds: [] } }, { upsert: true });
    return this.carryOut(guestId, accountId);
  }

  /** Makes the moves again that are old enough and not settled; returns how many. */
  async settle(before = new Date(Date.now() - settleMs)): Promise<number> {
    const open = await this.moves.find({ settledAt: null, at: { $lt: before } }).lean<OwnerMoveRecord[]>();
    for (const { _id, accountId } of open) {
      await this.carryOut(_id, accountId);
      await this.moves.updateOne({ _id }, { $set: { settledAt: new Date() } });
    }
    return open.length;
  }

  /** Makes the account's open moves again, however new they are: what they would bring later has nobody to belong to. */
  async settleOf(accountId: string): Promise<void> {
    for (const { _id } of await this.moves.find({ accountId, settledAt: null }).lean<OwnerMoveRecord[]>()) await this.carryOut(_id, accountId);
  }

  async removeOf(accountId: string): Promise<void> {
    await this.moves.deleteMany({ accountId });
  }

  private async carryOut(guestId: string, accountId: string): Promise<number> {
    const records = await this.conversations.find({ ownerId: guestId }, { _id: 1 }).lean<{ _id: string }[]>();
    const ids = records.map(({ _id }) => _id);
    await this.moves.updateOne({ _id: guestId }, { $addToSet: { conversationIds: { $each: ids } } });
    await this.conversations.updateMany({ _id: { $in: ids } }, { $set: { ownerId: accountId } });
    const moved = await this.moves.findById(guestId).lean<OwnerMoveRecord>();
    await this.turns.updateMany({ conversationId: { $in: moved?.conversationIds ?? ids }, ownerId: guestId }, { $set: { ownerId: accountId } });
    return ids.length;
  }
}
