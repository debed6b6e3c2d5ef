/** Sides of the squares in which an avatar is kept, in pixels, the largest last. A smaller picture is never enlarged. */
export const avatarSizes = [128, 320, 640] as const;
export type AvatarSize = (typeof avatarSizes)[number];

const avatarUrl = /^(\/api\/avatars\/[0-9a-f]{64})\.webp$/;
const anySize = /^\/api\/avatars\/([0-9a-f]{64})(?:-\d+)?\.webp$/;

/** The address of the same picture at another size, where the picture is one of our avatars. */
export function avatarUrlAt(imageUrl: string, size: AvatarSize): string {
  const stem = avatarUrl.exec(imageUrl)?.[1];
  return stem === undefined || size === avatarSizes.at(-1) ? imageUrl : `${stem}-${size}.webp`;
}

/** The name of the avatar that the address shows, in whatever size; null where it shows none of ours. */
export function avatarHashOf(imageUrl: string): string | null {
  return anySize.exec(imageUrl)?.[1] ?? null;
}
