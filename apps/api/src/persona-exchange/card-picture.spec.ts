import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personaProfile } from '@dramatis/contracts/persona';
import sharp from 'sharp';
import type { AvatarService } from '../avatars/avatar.service.js';
import { CardPictures } from './card-picture.js';

describe('CardPictures', () => {
  let webRoot: string;
  let pictures: CardPictures;

  beforeAll(() => {
    webRoot = mkdtempSync(join(tmpdir(), 'dramatis-web-'));
    mkdirSync(join(webRoot, 'portraits'));
    const upright = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="120"><rect width="60" height="60" fill="red"/><rect y="60" width="60" height="60" fill="blue"/></svg>';
    writeFileSync(join(webRoot, 'portraits', 'ada-lovelace.svg'), upright);
    writeFileSync(join(webRoot, 'secret.svg'), upright);
    // None of these personas has an avatar to ask for.
    pictures = new CardPictures(null as unknown as AvatarService, webRoot);
  });
  afterAll(() => rmSync(webRoot, { recursive: true }));

  // Kept addresses may be older than what is taken today.
  const profileWith = (imageUrl?: string) => ({ ...personaProfile.parse({ name: 'Ada', description: 'x', hue: 120 }), ...(imageUrl !== undefined && { imageUrl }) });
  const colourAt = async (image: Uint8Array, top: number) => [...(await sharp(image).extract({ left: 320, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer())];

  it('takes the face of a portrait that comes with the application', async () => {
    const profile = profileWith('/portraits/ada-lovelace.svg');
    const png = await pictures.of(profile);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 640, height: 640 });
    for (const top of [20, 620]) expect((await colourAt(png, top))[0]).toBeGreaterThan(200);
    expect(await sharp((await pictures.portraitOf(profile))!).metadata()).toMatchObject({ format: 'webp', width: 640 });
  });

  it.each([undefined, '/portraits/nobody.svg', '/portraits/../secret.svg', '/secret.svg', 'https://pictures.invalid/a.png'])('paints one in the colour of the persona instead of %s', async (imageUrl) => {
    expect(await pictures.portraitOf(profileWith(imageUrl))).toBeNull();
    const [red = 0, green = 0, blue = 0] = await colourAt(await pictures.of(profileWith(imageUrl)), 20);
    expect(green).toBeGreaterThan(Math.max(red, blue) + 30);
  });
});
