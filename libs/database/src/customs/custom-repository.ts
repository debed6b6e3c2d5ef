import type { CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomId } from '@dramatis/contracts/custom-id';
import type { CustomFormatContent } from '@dramatis/contracts/custom-format';
import type { CustomModeContent } from '@dramatis/contracts/custom-mode';
import { DomainError } from '@dramatis/contracts/errors';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { customModel, customVersionModel, type CustomRecord, type CustomVersionRecord } from './custom-model.js';

export type { CustomRecord, CustomVersionRecord } from './custom-model.js';

const updateTries = 3;
const rememberedVersions = 500;
const maxListed = 500;

export interface CustomChanges<Content> {
  /** What it says from now on, made from what it said; absent to leave it. */
  content?: (former: Content) => Content;
  status?: CustomStatus;
  ifVersion?: number;
}

/**
 * Custom modes, or formats, in MongoDB. Each change of the content makes a new version; versions never change, so whoever has read one
 * need not read it again.
 */
export class CustomRepository<Content extends object> {
  private readonly heads: Model<CustomRecord<Content>>;
  private readonly versionRecords: Model<CustomVersionRecord<Content>>;
  private readonly known = new Map<string, Content>();

  constructor(
    connection: Connection,
    private readonly kind: 'mode' | 'format',
  ) {
    this.heads = customModel<Content>(connection, kind);
    this.versionRecords = customVersionModel<Content>(connection, kind);
  }

  /** @throws DomainError mode_exists, format_exists */
  async create(id: CustomId, content: Content, status: CustomStatus): Promise<CustomRecord<Content>> {
    const now = new Date();
    const record: CustomRecord<Content> = { _id: id, status, version: 1, content, createdAt: now, updatedAt: now };
    try {
      await insert(this.heads, record);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError(`${this.kind}_exists`, { id }, { cause: error });
    }
    await this.keepVersion(record);
    return record;
  }

  /** The newest version, or null. */
  find(id: CustomId): Promise<CustomRecord<Content> | null> {
    return this.heads.findById(id).lean<CustomRecord<Content>>();
  }

  /** The newest version. @throws DomainError mode_not_found, format_not_found */
  async get(id: CustomId): Promise<CustomRecord<Content>> {
    const record = await this.find(id);
    if (!record) throw this.notFound(id);
    return record;
  }

  /** Those of the statuses, the oldest first: five hundred, more than anybody chooses from. */
  list(statuses: readonly CustomStatus[]): Promise<CustomRecord<Content>[]> {
    return this.heads.find({ status: { $in: [...statuses] } } as never).sort({ createdAt: 1, _id: 1 }).limit(maxListed).lean<CustomRecord<Content>[]>();
  }

  /** What the version says. @throws DomainError mode_not_found, format_not_found */
  async content(id: CustomId, version: number): Promise<Content> {
    const key = versionKey(id, version);
    const known = this.known.get(key);
    if (known) return known;
    const kept = await this.versionRecords.findById(key).lean<CustomVersionRecord<Content>>();
    // The head is written before its version: after a crash between the two, the head still has it.
    const content = kept?.content ?? (await this.contentOfHead(id, version));
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size >= rememberedVersions) this.known.delete(oldest);
    this.known.set(key, content);
    return content;
  }

  /** Versions, the newest five hundred, newest first. @throws DomainError mode_not_found, format_not_found */
  async versions(id: CustomId): Promise<CustomVersionRecord<Content>[]> {
    await this.keepVersion(await this.get(id));
    return this.versionRecords.find({ id } as never).sort({ version: -1 }).limit(maxListed).lean<CustomVersionRecord<Content>[]>();
  }

  /** A change of the content makes the next version, one of the status alone does not. @throws DomainError mode_not_found, mode_changed … */
  async update(id: CustomId, { content, status, ifVersion }: CustomChanges<Content>): Promise<CustomRecord<Content>> {
    for (let tried = 0; tried < updateTries; tried += 1) {
      const head = await this.get(id);
      if (ifVersion !== undefined && head.version !== ifVersion) break;
      // Before the head moves on, its version must be on record: a crash may have come between.
      await this.keepVersion(head);
      const next = {
        ...(content ? { content: content(head.content), version: head.version + 1 } : {}),
        ...(status === undefined ? {} : { status }),
        updatedAt: new Date(),
      };
      const updated = await this.heads
        .findOneAndUpdate({ _id: id, version: head.version } as never, { $set: next }, { returnDocument: 'after' })
        .lean<CustomRecord<Content>>();
      if (!updated) continue;
      await this.keepVersion(updated);
      return updated;
    }
    throw new DomainError(`${this.kind}_changed`);
  }

  /** Keeps a definition for the turns of one conversation, where it is tried out. It has no head, so nobody else finds it. */
  async keepTrial(conversationId: string, content: Content): Promise<{ id: CustomId; version: number }> {
    const id: CustomId = `custom.trial-${conversationId}`;
    await insert(this.versionRecords, { _id: versionKey(id, 1), id, version: 1, content, savedAt: new Date(), trial: conversationId });
    return { id, version: 1 };
  }

  /** Removes those of the conversations. */
  async removeTrials(conversationIds: readonly string[]): Promise<void> {
    await this.versionRecords.deleteMany({ trial: { $in: [...conversationIds] } } as never);
  }

  /** Removes those that somebody left behind before a time. */
  async removeTrialsBefore(before: Date): Promise<void> {
    await this.versionRecords.deleteMany({ trial: { $exists: true }, savedAt: { $lt: before } } as never);
  }

  private async contentOfHead(id: CustomId, version: number): Promise<Content> {
    const head = await this.get(id);
    if (head.version !== version) throw this.notFound(id, version);
    return head.content;
  }

  private async keepVersion({ _id: id, version, content, updatedAt }: CustomRecord<Content>): Promise<void> {
    const kept = { id, version, content, savedAt: updatedAt };
    await this.versionRecords.updateOne({ _id: versionKey(id, version) } as never, { $setOnInsert: kept }, { upsert: true });
  }

  private notFound(id: CustomId, version?: number): DomainError {
    if (version === undefined) return new DomainError(`${this.kind}_not_found`, { id });
    return new DomainError(`${this.kind}_not_found.version`, { id, version });
  }
}

export class CustomModeRepository extends CustomRepository<CustomModeContent> {
  constructor(connection: Connection) {
    super(connection, 'mode');
  }
}

export class CustomFormatRepository extends CustomRepository<CustomFormatContent> {
  constructor(connection: Connection) {
    super(connection, 'format');
  }
}

function versionKey(id: CustomId, version: number): string {
  return `${id}@${version}`;
}
