import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { Injectable } from '@nestjs/common';
import { AvatarEncoder } from '../avatars/avatar-encoder.js';
import { AvatarService } from '../avatars/avatar.service.js';

const middle = { x: 0.5, y: 0.5 };

/** Pictures that come with a persona. One that cannot be used is no reason to refuse the persona. */
@Injectable()
export class ImportPortraits {
  constructor(
    private readonly encoder: AvatarEncoder,
    private readonly avatars: AvatarService,
  ) {}

  /** As a data URL, small and encoded anew. */
  async preview(bytes: Uint8Array | null): Promise<{ dataUrl: string | null; notes: ImportNote[] }> {
    const { value, notes } = await attempt(bytes, async (picture) => (await this.encoder.encode(picture, middle))[0]!);
    return { dataUrl: value === null ? null : `data:image/webp;base64,${Buffer.from(value).toString('base64')}`, notes };
  }

  /** As an avatar. */
  async keep(bytes: Uint8Array | null): Promise<{ imageUrl: string | null; notes: ImportNote[] }> {
    const { value, notes } = await attempt(bytes, (picture) => this.avatars.store(picture));
    return { imageUrl: value?.imageUrl ?? null, notes };
  }
}

async function attempt<T>(bytes: Uint8Array | null, use: (picture: Uint8Array) => Promise<T>): Promise<{ value: T | null; notes: ImportNote[] }> {
  if (bytes === null) return { value: null, notes: [] };
  try {
    return { value: await use(bytes), notes: [] };
  } catch (error) {
    // A picture that waits for its turn may be taken the next time; all else is the picture's own fault.
    if (!(error instanceof DomainError) || error.code === 'too_many_images') throw error;
    return { value: null, notes: [{ code: 'portrait_unreadable' }] };
  }
}
