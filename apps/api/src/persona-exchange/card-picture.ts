import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import { Inject, Injectable } from '@nestjs/common';
import sharp, { type Sharp } from 'sharp';
import { AvatarService } from '../avatars/avatar.service.js';
import { WEB_ROOT } from '../infrastructure/tokens.js';

const side = 640;
const avatarPath = /^\/api\/avatars\/([0-9a-f]{64}\.webp)$/;
const portraitPath = /^\/portraits\/([a-z0-9]+(?:-[a-z0-9]+)*\.svg)$/;

/**
 * The picture that a card is put into, as PNG. It is made of the persona’s portrait where that is ours, an avatar or one that comes with
 * the application; pictures elsewhere on the web are not fetched, and a plain one in the persona’s colour takes their place.
 */
@Injectable()
export class CardPictures {
  constructor(
    private readonly avatars: AvatarService,
    @Inject(WEB_ROOT) private readonly webRoot: string | null,
  ) {}

  async of(profile: PersonaProfile): Promise<Uint8Array> {
    const portrait = (await this.portraitOf(profile)) ?? Buffer.from(plainPicture(profile.hue));
    return square(portrait).png({ compressionLevel: 9 }).toBuffer();
  }

  /** The portrait as WebP. Null when it is not ours, or gone. */
  async portraitOf({ imageUrl }: PersonaProfile): Promise<Uint8Array | null> {
    const [, avatar] = avatarPath.exec(imageUrl ?? '') ?? [];
    const [, portrait] = portraitPath.exec(imageUrl ?? '') ?? [];
    if (avatar !== undefined) return this.avatars.read(avatar).catch(() => null);
    if (portrait === undefined || this.webRoot === null) return null;
    const drawing = await readFile(join(this.webRoot, 'portraits', portrait)).catch(() => null);
    return drawing && square(drawing).webp({ quality: 90 }).toBuffer();
  }
}

/** Portraits are upright: the face is above. */
function square(image: Uint8Array): Sharp {
  return sharp(image, { density: 144 }).resize(side, side, { fit: 'cover', position: 'top' });
}

function plainPicture(hue: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 64 64">
  <linearGradient id="g" x2="0" y2="1"><stop stop-color="hsl(${hue},38%,58%)"/><stop offset="1" stop-color="hsl(${hue},42%,30%)"/></linearGradient>
  <rect width="64" height="64" fill="url(#g)"/>
  <g fill="hsl(${hue},50%,88%)"><circle cx="32" cy="25" r="11"/><path d="M10 64c0-15 9-23 22-23s22 8 22 23z"/></g>
</svg>`;
}
