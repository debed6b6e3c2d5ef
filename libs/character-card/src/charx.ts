import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { GuardedArchive } from '@dramatis/document-extraction/archive/guarded-archive';
import { ExtractionError } from '@dramatis/document-extraction/extraction-error';
import type { CardAsset } from './card-fields.js';
import { cardLimits } from './card-limits.js';
import { isJsonObject, type JsonObject } from './json-value.js';

/** What stands before the path of a file in the archive; the format's own spelling, and the usual one. */
const insidePattern = /^(?:embeded|embedded):\/\//i;
const cardName = 'card.json';

/** Whether a member's name could be one in an archive of a card. */
export function hasCard(archive: GuardedArchive): boolean {
  return archive.has(cardName);
}

export function openArchive(bytes: Uint8Array, limits: Parameters<typeof GuardedArchive.open>[1] = cardLimits.archive): GuardedArchive {
  return withImportErrors(() => GuardedArchive.open(bytes, limits));
}

/** @throws DomainError import_not_recognised, import_damaged, import_too_large */
export function cardJsonOfArchive(archive: GuardedArchive): Uint8Array {
  const json = withImportErrors(() => archive.read(cardName));
  if (!json) throw new DomainError('import_not_recognised.archive');
  return json;
}

/** The picture that the card calls its main icon, when it is in the archive. */
export function iconOfArchive(archive: GuardedArchive, icon: CardAsset | undefined): Uint8Array | null {
  if (!icon || !insidePattern.test(icon.uri)) return null;
  return withImportErrors(() => archive.read(icon.uri.replace(insidePattern, '')));
}

/** The card without what its archive holds and we do not keep, so that no export names what is not there. */
export function withoutInnerAssets(data: JsonObject): { data: JsonObject; notes: ImportNote[] } {
  const { assets } = data;
  if (!Array.isArray(assets)) return { data, notes: [] };
  const kept = assets.filter((asset) => !isJsonObject(asset) || typeof asset['uri'] !== 'string' || !/^(?:embed+ed:\/\/|__asset:)/i.test(asset['uri']));
  const count = assets.length - kept.length;
  return count === 0 ? { data, notes: [] } : { data: { ...data, assets: kept }, notes: [{ code: 'assets_left_out', count }] };
}

/** Archives are checked by the reader of documents, whose errors are about documents. @throws DomainError import_damaged, import_refused, import_too_large */
export function withImportErrors<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    const key = error.code === 'archive_bomb' ? 'import_too_large.archive' : error.code === 'archive_path_refused' ? 'import_refused' : 'import_damaged.archive';
    throw new DomainError(key, {}, { cause: error });
  }
}
