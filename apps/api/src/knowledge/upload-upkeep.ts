import { UploadRepository } from '@dramatis/database/knowledge/upload-repository';
import { unreferencedObjects } from '@dramatis/database/object-references';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { DATABASE, OBJECT_STORE, REDIS } from '../infrastructure/tokens.js';
import { Upkeep } from '../infrastructure/upkeep.js';

const intervalMs = 10 * 60_000;
const maxPerPass = 200;

/** Removes uploaded files that no source took. */
@Injectable()
export class UploadUpkeep extends Upkeep {
  constructor(
    private readonly uploads: UploadRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(DATABASE) private readonly database: Connection,
    @Inject(REDIS) redis: Redis,
  ) {
    super(redis, { name: 'upload-upkeep', intervalMs, failure: 'uploads that no source took could not be removed; trying again' });
  }

  protected pass(): Promise<void> {
    return this.collect();
  }

  /** A collection that was interrupted is finished by the next one. */
  async collect(): Promise<void> {
    const old = await this.uploads.beginCollection(maxPerPass);
    if (old.length === 0) return;
    const keys = old.map(({ objectKey }) => objectKey);
    for (const key of await unreferencedObjects(this.database, keys)) await this.objects.delete(key);
    await this.uploads.finishCollection(old.map(({ _id }) => _id));
  }
}
