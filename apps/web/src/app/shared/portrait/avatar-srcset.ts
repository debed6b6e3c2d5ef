import { type AvatarSize, avatarUrlAt } from '@dramatis/contracts/avatar-url';

/** An avatar's sizes for screens of one and of two pixels to a point; null for other pictures, of which there is one size. */
export function avatarSrcset(imageUrl: string | null | undefined, size: AvatarSize, double: AvatarSize): string | null {
  if (!imageUrl || avatarUrlAt(imageUrl, size) === imageUrl) return null;
  return `${avatarUrlAt(imageUrl, size)}, ${avatarUrlAt(imageUrl, double)} 2x`;
}
