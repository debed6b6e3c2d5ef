/**
 * The process that decodes one picture of a stranger's and ends. Bytes come in by stdin; by stdout goes one line of JSON, and after it
 * the renditions. It imports no code of ours, so that Node can also start it from its TypeScript source, and it is started without
 * environment: whoever gets into it finds nothing.
 */
import type { AvatarCrop } from '@dramatis/contracts/avatar';
import sharp, { type Metadata, type Sharp } from 'sharp';

export interface AvatarTask {
  crop: AvatarCrop;
  sizes: readonly number[];
  maxPixels: number;
}

export type ImageRefusal = 'image_not_supported' | 'image_damaged' | 'image_too_large';

/** The first line of the answer. `lengths` are those of the renditions that follow, in bytes. */
export type AvatarAnswer = { ok: true; lengths: number[] } | { ok: false; code: ImageRefusal };

/** The decoders of the five formats; all others, which are many, are shut. */
const loaders = ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadNsgifBuffer', 'VipsForeignLoadHeifBuffer'];
const maxSide = 30_000;
const minSide = 16;
const quality = 82;

class Refusal extends Error {
  readonly code: ImageRefusal;

  constructor(code: ImageRefusal) {
    super(code);
    this.code = code;
  }
}

await main(JSON.parse(process.argv[2] ?? '') as AvatarTask);

async function main(task: AvatarTask): Promise<void> {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
  sharp.concurrency(1);
  sharp.cache(false);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  try {
    const renditions = await render(Buffer.concat(chunks), task);
    answer({ ok: true, lengths: renditions.map(({ length }) => length) }, renditions);
  } catch (error) {
    answer({ ok: false, code: error instanceof Refusal ? error.code : 'image_damaged' });
  }
}

function answer(first: AvatarAnswer, renditions: Buffer[] = []): void {
  process.stdout.end(Buffer.concat([Buffer.from(`${JSON.stringify(first)}\n`), ...renditions]));
}

/** The square at each size, as WebP with nothing but pixels in it. */
async function render(bytes: Buffer, { crop, sizes, maxPixels }: AvatarTask): Promise<Buffer[]> {
  const { width, height } = uprightSize(await describe(bytes, maxPixels));
  const side = Math.min(width, height);
  const region = { left: Math.round((width - side) * crop.x), top: Math.round((height - side) * crop.y), width: side, height: side };
  const largest = Math.min(side, Math.max(...sizes));
  // Decoded once; the sizes are made from the largest.
  const square = await open(bytes, maxPixels).autoOrient().extract(region).resize(largest, largest).toColourspace('srgb').png({ compressionLevel: 0 }).toBuffer();
  const renditions: Buffer[] = [];
  for (const size of sizes) {
    const px = Math.min(size, largest);
    renditions.push(await open(square, maxPixels).resize(px, px).webp({ quality, effort: 4 }).toBuffer());
  }
  return renditions;
}

/** What the picture says of itself, before it is decoded. @throws Refusal */
async function describe(bytes: Buffer, maxPixels: number): Promise<Metadata> {
  let metadata: Metadata;
  try {
    metadata = await open(bytes, maxPixels).metadata();
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    if (/pixel limit|dimensions/i.test(reason)) throw new Refusal('image_too_large');
    throw new Refusal(/unsupported|not a known/i.test(reason) ? 'image_not_supported' : 'image_damaged');
  }
  const { format, compression, width, height } = metadata;
  if (format === 'heif' && compression !== 'av1') throw new Refusal('image_not_supported');
  if (width * height > maxPixels || Math.max(width, height) > maxSide) throw new Refusal('image_too_large');
  if (Math.min(width, height) < minSide) throw new Refusal('image_damaged');
  return metadata;
}

/** Of what moves, the first picture. */
function open(bytes: Buffer, maxPixels: number): Sharp {
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true, animated: false });
}

/** EXIF orientations from 5 on lie on their side. */
function uprightSize({ width, height, orientation = 1 }: Metadata): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
