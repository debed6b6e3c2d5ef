import { unreferencedObjects } from '@dramatis/database/object-references';
import { AvatarRepository } from '@dramatis/database/personas/avatar-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { DATABASE, OBJECT_STORE, REDIS } from '../infrastructure/tokens.js';
import { Upkeep } from '../infrastructure/upkeep.js';

const intervalMs = 10 * 60_000;
/** How long a picture may lie in somebody's hands: sent to an editor whose draft is not saved yet. */
const graceMs = 24 * 60 * 60_000;
const maxPerPass = 200;

/** Removes uploaded pictures that no version or draft of a persona shows. */
@Injectable()
export class AvatarUpkeep extends Upkeep {
  constructor(
    private readonly avatars: AvatarRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(DATABASE) private readonly database: Connection,
    @Inject(REDIS) redis: Redis,
  ) {
    super(redis, { name: 'avatar-upkeep', intervalMs, failure: 'pictures that nobody uses could not be removed; trying again' });
  }

  protected pass(): Promise<void> {
    return this.collect();
  }

  /** Removes those that nobody has taken since. A collection that was interrupted is finished by the next one. */
  async collect(takenBefore = new Date(Date.now() - graceMs)): Promise<void> {
    const unused = await this.avatars.beginCollection(takenBefore, maxPerPass);
    if (unused.length === 0) return;
    const keys = unused.flatMap(({ renditions }) => renditions.map(({ objectKey }) => objectKey));
    for (const key of await unreferencedObjects(this.database, keys)) await this.objects.delete(key);
    for (const { _id } of unused) await this.avatars.finishCollection(_id);
    this.logger.log({ pictures: unused.length }, 'removed pictures that no persona shows');
  }
}
