import { DomainError } from '@dramatis/contracts/errors';
import type { ImportContainer, ImportNote } from '@dramatis/contracts/persona-import';
import type { GuardedArchive } from '@dramatis/document-extraction/archive/guarded-archive';
import { parseBoundedJson } from './bounded-json.js';
import type { CardAsset } from './card-fields.js';
import { cardLimits } from './card-limits.js';
import { type CharacterCard, toCharacterCard } from './character-card.js';
import { cardJsonOfArchive, iconOfArchive, openArchive, withoutInnerAssets } from './charx.js';
import { cardJsonOfPng } from './png-card.js';
import { isPng } from './png-chunks.js';

export interface ReadCard {
  card: CharacterCard;
  container: ImportContainer;
  /** Bytes that claim to be a picture of the character; whoever uses them decodes them first. */
  portrait: Uint8Array | null;
  notes: ImportNote[];
}

/**
 * The card in a file: JSON, a PNG, or an archive of the third version (CHARX). What it is, its first bytes say.
 * @throws DomainError import_not_recognised, import_damaged, import_refused, import_too_large
 */
export function readCard(bytes: Uint8Array): ReadCard {
  if (bytes.length > cardLimits.maxFileBytes) throw new DomainError('import_too_large.file', { megabytes: cardLimits.maxFileBytes / 1024 / 1024 });
  if (isPng(bytes)) return readPng(bytes);
  if (isArchive(bytes)) return readCardArchive(openArchive(bytes));
  if (!looksLikeText(bytes)) throw new DomainError('import_not_recognised');
  const { card, notes } = parseCard(bytes);
  const { data, notes: assetNotes } = withoutInnerAssets(card.data);
  const icon = mainIconOf(card);
  return { card: { ...card, data }, container: 'json', portrait: dataOf(icon), notes: [...notes, ...assetNotes, ...remoteNote(icon)] };
}

export function readCardArchive(archive: GuardedArchive): ReadCard {
  const { card, notes } = parseCard(cardJsonOfArchive(archive));
  const icon = mainIconOf(card);
  const portrait = dataOf(icon) ?? iconOfArchive(archive, icon);
  const { data, notes: assetNotes } = withoutInnerAssets(card.data);
  return { card: { ...card, data }, container: 'charx', portrait, notes: [...notes, ...assetNotes, ...remoteNote(icon)] };
}

export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function readPng(bytes: Uint8Array): ReadCard {
  const { json, notes: pngNotes } = cardJsonOfPng(bytes);
  const { card, notes } = parseCard(json);
  const { data, notes: assetNotes } = withoutInnerAssets(card.data);
  return { card: { ...card, data }, container: 'png', portrait: bytes, notes: [...pngNotes, ...notes, ...assetNotes] };
}

function parseCard(json: Uint8Array): { card: CharacterCard; notes: ImportNote[] } {
  const { value, notes } = parseBoundedJson(json);
  const read = toCharacterCard(value);
  return { card: read.card, notes: [...notes, ...read.notes] };
}

function mainIconOf({ fields }: CharacterCard): CardAsset | undefined {
  const icons = fields.assets.filter(({ type }) => type === 'icon');
  return icons.find(({ name }) => name === 'main') ?? icons[0];
}

function dataOf(icon: CardAsset | undefined): Uint8Array | null {
  const [head] = /^data:image\/[a-z0-9.+-]{1,40};base64,/i.exec(icon?.uri ?? '') ?? [];
  return head === undefined ? null : Buffer.from(icon!.uri.slice(head.length), 'base64');
}

function remoteNote(icon: CardAsset | undefined): ImportNote[] {
  return icon && /^https?:/i.test(icon.uri) ? [{ code: 'portrait_not_fetched' }] : [];
}

/** JSON begins with a bracket, after white space or a byte order mark. */
function looksLikeText(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').replace(/\0/g, '').replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '');
  return /^\s*[{[]/.test(start);
}
