import type { Avatar, AvatarCrop } from '@dramatis/contracts/avatar';
import { avatarHashOf, avatarSizes } from '@dramatis/contracts/avatar-url';
import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';
import { type AvatarRecord, AvatarRepository } from '@dramatis/database/personas/avatar-repository';
import { ObjectStoreError, type ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { OBJECT_STORE } from '../infrastructure/tokens.js';
import { AvatarEncoder } from './avatar-encoder.js';

const inTheMiddle: AvatarCrop = { x: 0.5, y: 0.5 };
/** How often, and after how long each, a picture is stored again that was just being removed as one that nobody uses. */
const storeTries = 20;
const storePauseMs = 250;

/** Pictures of personas. What was sent is never served: it is decoded, and what is kept was made here from its pixels. */
@Injectable()
export class AvatarService {
  constructor(
    private readonly encoder: AvatarEncoder,
    private readonly avatars: AvatarRepository,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /**
   * Takes a picture; the same pixels give the same address.
   * @throws DomainError image_not_supported, image_damaged, image_too_large, payload_too_large, too_many_images
   */
  async store(bytes: Uint8Array, crop: AvatarCrop = inTheMiddle): Promise<Avatar> {
    const encoded = await this.encoder.encode(bytes, crop);
    for (let tried = 1; ; tried += 1) {
      const stored = await Promise.all(encoded.map((rendition) => this.objects.put(rendition)));
      const renditions = stored.map(({ key, bytes: length }, index) => ({ size: avatarSizes[index]!, objectKey: key, bytes: length }));
      const largest = stored.at(-1)!;
      if (await this.avatars.keep({ _id: largest.sha256, renditions })) return { imageUrl: `/api/avatars/${largest.sha256}.webp`, bytes: largest.bytes };
      if (tried === storeTries) throw new DomainError('too_many_images');
      await delay(storePauseMs);
    }
  }

  /**
   * For who is about to show a picture: one of ours must be there, and then stays, though nothing shows it yet. Pictures elsewhere are not looked at.
   * @throws DomainError invalid_request
   */
  async requireTaken(imageUrl: string | undefined): Promise<void> {
    const hash = avatarHashOf(imageUrl ?? '');
    if (hash === null || (await this.avatars.take(hash))) return;
    throw new DomainError('invalid_request.picture_gone', {}, { issues: [{ path: 'imageUrl', ...fieldSentence('picture_gone') }] });
  }

  /** The WebP of that name, as it is in addresses. @throws DomainError avatar_not_found */
  async read(file: string): Promise<Uint8Array> {
    const [, hash = '', size] = /^([0-9a-f]{64})(?:-(\d+))?\.webp$/.exec(file) ?? [];
    const { renditions = [] } = (await this.avatars.find(hash)) ?? {};
    const rendition = size === undefined ? renditions.at(-1) : renditions.find((candidate) => candidate.size === Number(size));
    if (!rendition) throw notFound();
    return this.content(rendition);
  }

  private async content({ objectKey }: AvatarRecord['renditions'][number]): Promise<Uint8Array> {
    try {
      return await this.objects.get(objectKey);
    } catch (error) {
      // It was just removed.
      if (error instanceof ObjectStoreError && error.code === 'not_found') throw notFound();
      throw error;
    }
  }
}

function notFound(): DomainError {
  return new DomainError('avatar_not_found');
}
