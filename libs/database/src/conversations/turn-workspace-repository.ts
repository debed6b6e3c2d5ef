import type { Citation } from '@dramatis/contracts/turn';
import type { Connection, Model } from 'mongoose';
import { turnWorkspaceModel, type StoredPrompt, type TurnWorkspaceRecord } from './turn-model.js';

/** What passes between the steps of a turn by id, since it is too large and too personal for a workflow's history. */
export class TurnWorkspaceRepository {
  private readonly workspaces: Model<TurnWorkspaceRecord>;

  constructor(connection: Connection) {
    this.workspaces = turnWorkspaceModel(connection);
  }

  /** Idempotent: a repeated step writes the same again. */
  async savePrompt(turnId: string, prompt: StoredPrompt, citations: Citation[]): Promise<void> {
    // Past the model, which would walk through the whole prompt to cast what is cast already.
    await this.workspaces.collection.updateOne({ _id: turnId as never }, { $set: { prompt, citations } }, { upsert: true });
  }

  async saveDraft(turnId: string, key: string, text: string): Promise<void> {
    await this.workspaces.updateOne({ _id: turnId }, { $set: { [`drafts.${key}`]: text } }, { upsert: true });
  }

  async find(turnId: string): Promise<TurnWorkspaceRecord | null> {
    return this.workspaces.findById(turnId).lean<TurnWorkspaceRecord>();
  }
}
