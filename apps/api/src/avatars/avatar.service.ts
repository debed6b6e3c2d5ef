import type { Avatar, AvatarCrop } from '@dramatis/contracts/avatar';
import { avatarSizes } from '@dramatis/contracts/avatar-url';
import { DomainError } from '@dramatis/contracts/errors';
import { AvatarRepository } from '@dramatis/database/personas/avatar-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE } from '../infrastructure/tokens.js';
import { AvatarEncoder } from './avatar-encoder.js';

const inTheMiddle: AvatarCrop = { x: 0.5, y: 0.5 };

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
    const stored = await Promise.all(encoded.map((rendition) => this.objects.put(rendition)));
    const renditions = stored.map(({ key, bytes: length }, index) => ({ size: avatarSizes[index]!, objectKey: key, bytes: length }));
    const largest = stored.at(-1)!;
    await this.avatars.keep({ _id: largest.sha256, renditions, createdAt: new Date() });
    return { imageUrl: `/api/avatars/${largest.sha256}.webp`, bytes: largest.bytes };
  }

  /** The WebP of that name, as it is in addresses. @throws DomainError avatar_not_found */
  async read(file: string): Promise<Uint8Array> {
    const [, hash = '', size] = /^([0-9a-f]{64})(?:-(\d+))?\.webp$/.exec(file) ?? [];
    const { renditions = [] } = (await this.avatars.find(hash)) ?? {};
    const rendition = size === undefined ? renditions.at(-1) : renditions.find((candidate) => candidate.size === Number(size));
    if (!rendition) throw new DomainError('avatar_not_found', 'There is no such picture.');
    return this.objects.get(rendition.objectKey);
  }
}
