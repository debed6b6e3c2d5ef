import { z } from 'zod';
import { fieldTexts } from './field-texts.js';

export const maxAvatarBytes = 10 * 1024 * 1024;
/** As much as most phones take. What claims more is not even decoded: the dearest format, AVIF, takes some 20 bytes a pixel. */
export const maxAvatarPixels = 25_000_000;

const share = z.coerce.number().min(0).max(1).default(0.5);

/** Which square of the picture is taken, along its longer side: 0 is the left or upper end, 1 the other. */
export const avatarCrop = z.strictObject({ x: share, y: share });
export type AvatarCrop = z.infer<typeof avatarCrop>;

export const avatar = z
  .object({
    imageUrl: z.string().describe('For the persona’s `imageUrl`. Before `.webp`, `-128` or `-320` gives a smaller one.'),
    bytes: z.number().int().describe('Of the largest size.'),
  })
  .meta({ id: 'Avatar' });
export type Avatar = z.infer<typeof avatar>;

/** The name of an avatar’s file at a size; without one, the largest. */
export const avatarFile = z.string().regex(/^[0-9a-f]{64}(-128|-320)?\.webp$/, fieldTexts.avatar_file);
