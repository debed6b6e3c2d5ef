import { deflateSync, crc32 } from 'node:zlib';
import { maxAvatarBytes } from '@dramatis/contracts/avatar';
import sharp, { type Sharp } from 'sharp';
import { AvatarEncoder } from './avatar-encoder.js';

const middle = { x: 0.5, y: 0.5 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };
const encoder = new AvatarEncoder();

/** A picture of which the first half is red and the second blue, along its longer side. */
function picture(width = 60, height = 40): Sharp {
  const [w, h] = width >= height ? [width / 2, height] : [width, height / 2];
  return sharp({ create: { width, height, channels: 3, background: red } }).composite([
    { input: { create: { width: w, height: h, channels: 3, background: blue } }, gravity: 'southeast' },
  ]);
}

async function colourAt(webp: Uint8Array, left: number, top: number): Promise<'red' | 'blue'> {
  const [r = 0, , b = 0] = await sharp(webp).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return r > b ? 'red' : 'blue';
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG that claims to be so large, with next to nothing in it. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(10_000))), chunk('IEND', Buffer.alloc(0))]);
}

describe('AvatarEncoder', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('takes %s and gives squares in WebP, never larger than the picture', async (format) => {
    const [small, mid, large] = await encoder.encode(await picture(400, 200).toFormat(format).toBuffer(), middle);
    const sizes = await Promise.all([small, mid, large].map(async (webp) => {
      const { format: made, width, height } = await sharp(webp).metadata();
      return [made, width, height];
    }));
    expect(sizes).toEqual([['webp', 128, 128], ['webp', 200, 200], ['webp', 200, 200]]);
  });

  it('takes the square that was chosen', async () => {
    const bytes = await picture(60, 40).png().toBuffer();
    const [left] = await encoder.encode(bytes, { x: 0, y: 0.5 });
    const [right] = await encoder.encode(bytes, { x: 1, y: 0.5 });
    // Of 60 pixels the first 30 are red: they fill 30 of the 40 of the left square, and 10 of the right one.
    expect([await colourAt(left!, 25, 20), await colourAt(left!, 35, 20)]).toEqual(['red', 'blue']);
    expect([await colourAt(right!, 5, 20), await colourAt(right!, 15, 20)]).toEqual(['red', 'blue']);
  });

  it('turns a picture upright as its EXIF says, and keeps nothing of what EXIF, XMP and comments say', async () => {
    const secret = 'Ockham Park 51.30 N';
    const lying = await picture(60, 40)
      .withExif({ IFD0: { ImageDescription: secret, Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(lying.includes(secret)).toBe(true);
    const [, , large] = await encoder.encode(lying, { x: 0.5, y: 0 });
    const { exif, xmp, icc, iptc, orientation } = await sharp(large).metadata();
    expect([exif, xmp, icc, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(Buffer.from(large!).includes('Ockham')).toBe(false);
    // Turned by a quarter, what was left is above.
    expect([await colourAt(large!, 20, 5), await colourAt(large!, 20, 38)]).toEqual(['red', 'blue']);
  });

  it('keeps of a picture that is something else too only the picture', async () => {
    const script = '<script>alert(document.domain)</script>';
    const polyglot = Buffer.concat([await picture().gif().toBuffer(), Buffer.from(`/*${script}*/`), Buffer.from('PK\x03\x04')]);
    for (const webp of await encoder.encode(polyglot, middle)) {
      expect(Buffer.from(webp).toString('latin1')).not.toContain('script');
      expect(Buffer.from(webp.subarray(0, 4)).toString('latin1')).toBe('RIFF');
    }
  });

  it('takes of what moves the first picture', async () => {
    const frames = await Promise.all([red, blue].map((background) => sharp({ create: { width: 40, height: 40, channels: 3, background } }).png().toBuffer()));
    const moving = await sharp(frames, { join: { animated: true } }).gif({ loop: 0, delay: [100, 100] }).toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const [small] = await encoder.encode(moving, middle);
    expect((await sharp(small).metadata()).pages ?? 1).toBe(1);
    expect(await colourAt(small!, 20, 20)).toBe('red');
  });

  it('refuses what is no picture of these, whatever it says', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><image href="file:///etc/passwd" width="50" height="50"/></svg>');
    const tiff = await picture().tiff().toBuffer();
    for (const bytes of [tiff, Buffer.from('%PDF-1.7\n'), Buffer.from('GIF89a is how it begins')]) {
      await expect(encoder.encode(bytes, middle)).rejects.toMatchObject({ code: expect.stringMatching(/^image_(not_supported|damaged)$/) });
    }
    await expect(encoder.encode(svg, middle)).rejects.toMatchObject({ code: 'image_not_supported', status: 415 });
  });

  it('refuses a picture that is cut short, empty or tiny', async () => {
    const jpeg = await picture(600, 400).jpeg().toBuffer();
    const png = await picture(600, 400).png().toBuffer();
    const tiny = await picture(8, 8).png().toBuffer();
    for (const bytes of [jpeg.subarray(0, jpeg.length / 2), png.subarray(0, png.length / 2), tiny, Buffer.alloc(0)]) {
      await expect(encoder.encode(bytes, middle)).rejects.toMatchObject({ code: 'image_damaged', status: 422 });
    }
  });

  it('refuses what claims too many pixels before it makes room for them', async () => {
    for (const side of [60_000, 2 ** 31 - 1]) {
      await expect(encoder.encode(bomb(side), middle)).rejects.toMatchObject({ code: expect.stringMatching(/^image_(too_large|damaged)$/) });
    }
    await expect(encoder.encode(bomb(20_000), middle)).rejects.toMatchObject({ code: 'image_too_large' });
    await expect(encoder.encode(new Uint8Array(maxAvatarBytes + 1), middle)).rejects.toMatchObject({ code: 'payload_too_large', status: 413 });
  });

  it('gives up what takes too long, and goes on with the next', async () => {
    const hasty = new AvatarEncoder({ timeoutMs: 1 });
    const bytes = await picture().png().toBuffer();
    await expect(hasty.encode(bytes, middle)).rejects.toMatchObject({ code: 'image_damaged' });
    expect(await encoder.encode(bytes, middle)).toHaveLength(3);
  });

  it('lets only so many wait', async () => {
    const narrow = new AvatarEncoder({ maxWaiting: 0 });
    const bytes = await picture().png().toBuffer();
    const first = narrow.encode(bytes, middle);
    await expect(narrow.encode(bytes, middle)).rejects.toMatchObject({ code: 'too_many_images', status: 429 });
    expect(await first).toHaveLength(3);
  });
});
