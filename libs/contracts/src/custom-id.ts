/** Id of a mode or format that an installation made for itself, for example `custom.devils-advocate`. */
export type CustomId = `custom.${string}`;

export const customIdPattern = /^custom\.[a-z0-9]+(?:-[a-z0-9]+)*$/;

export function isCustomId(id: string): id is CustomId {
  return id.startsWith('custom.');
}
