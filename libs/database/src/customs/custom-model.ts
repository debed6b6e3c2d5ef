import type { CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomId } from '@dramatis/contracts/custom-id';
import { Schema, type Connection, type Model } from 'mongoose';

/** The head of a custom mode or format: its newest version. */
export interface CustomRecord<Content> {
  _id: CustomId;
  status: CustomStatus;
  version: number;
  content: Content;
  createdAt: Date;
  updatedAt: Date;
}

/** One version, written once. `_id` is `<id>@<version>`. */
export interface CustomVersionRecord<Content> {
  _id: string;
  id: CustomId;
  version: number;
  content: Content;
  savedAt: Date;
  /** The conversation in which it is tried out, for one that was never made. */
  trial?: string;
}

// What a definition holds is checked by zod at the edges; the database keeps it as it is.
const options = { versionKey: false, strict: false, minimize: false } as const;

export function customModel<Content>(connection: Connection, kind: 'mode' | 'format'): Model<CustomRecord<Content>> {
  const name = kind === 'mode' ? 'CustomMode' : 'CustomFormat';
  const schema = new Schema<CustomRecord<Content>>({ _id: { type: String, required: true } }, { ...options, collection: `custom_${kind}s` });
  schema.index({ status: 1 });
  return (connection.models[name] as Model<CustomRecord<Content>>) ?? connection.model<CustomRecord<Content>>(name, schema);
}

export function customVersionModel<Content>(connection: Connection, kind: 'mode' | 'format'): Model<CustomVersionRecord<Content>> {
  const name = kind === 'mode' ? 'CustomModeVersion' : 'CustomFormatVersion';
  const schema = new Schema<CustomVersionRecord<Content>>(
    { _id: { type: String, required: true } },
    { ...options, collection: `custom_${kind}_versions` },
  );
  schema.index({ id: 1, version: -1 });
  schema.index({ trial: 1 }, { sparse: true });
  return (connection.models[name] as Model<CustomVersionRecord<Content>>) ?? connection.model<CustomVersionRecord<Content>>(name, schema);
}
