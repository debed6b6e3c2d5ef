import { DomainError } from '@dramatis/contracts/errors';
import type { ImportNote } from '@dramatis/contracts/persona-import';
import { cardLimits } from './card-limits.js';
import { damaged, readPngChunks, writePngChunks } from './png-chunks.js';
import { keywordOf, textOf } from './png-text.js';

/** Where cards stand in a picture, the one that counts first: of the third version, then of the second and first. */
const keywords = ['ccv3', 'chara'] as const;
const assetPrefix = 'chara-ext-asset_';
/** Base64 makes four letters of three bytes. */
const maxEncodedBytes = Math.ceil((cardLimits.maxJsonBytes * 4) / 3) + 1024;

export interface CardTexts {
  /** JSON of a card of the third version. */
  ccv3?: string;
  /** JSON of a card of the second version. */
  chara?: string;
}

/**
 * The JSON of the card in a picture. Packed and international chunks of text are read too, though the format has plain ones.
 * @throws DomainError import_not_recognised without a card, import_refused with two different ones, import_damaged, import_too_large
 */
export function cardJsonOfPng(png: Uint8Array): { json: Uint8Array; notes: ImportNote[] } {
  const found = new Map<string, Uint8Array>();
  let assets = 0;
  for (const chunk of readPngChunks(png)) {
    const keyword = keywordOf(chunk);
    if (keyword === null) continue;
    if (keyword.startsWith(assetPrefix)) assets += 1;
    if (!(keywords as readonly string[]).includes(keyword)) continue;
    const text = textOf(chunk, maxEncodedBytes);
    const former = found.get(keyword);
    if (former && Buffer.compare(former, text) !== 0) {
      throw new DomainError('import_refused.two_cards');
    }
    found.set(keyword, text);
  }
  const text = keywords.map((keyword) => found.get(keyword)).find((value) => value !== undefined);
  if (!text) {
    throw new DomainError('import_not_recognised.picture');
  }
  return { json: decoded(text), notes: assets > 0 ? [{ code: 'assets_left_out', count: assets }] : [] };
}

/** The picture with the cards in it, and without any that were in it before. @throws DomainError import_damaged */
export function pngWithCard(png: Uint8Array, texts: CardTexts): Uint8Array {
  const chunks = readPngChunks(png).filter((chunk) => {
    const keyword = keywordOf(chunk);
    return keyword === null || !((keywords as readonly string[]).includes(keyword) || keyword.startsWith(assetPrefix));
  });
  const cards = (['chara', 'ccv3'] as const).flatMap((keyword) => {
    const json = texts[keyword];
    return json === undefined ? [] : [{ type: 'tEXt', data: Buffer.from(`${keyword}\0${Buffer.from(json, 'utf8').toString('base64')}`, 'latin1') }];
  });
  return writePngChunks([...chunks.slice(0, -1), ...cards, chunks.at(-1)!]);
}

/** Base64 as the format has it; some programs write the JSON as it is. */
function decoded(text: Uint8Array): Uint8Array {
  const written = Buffer.from(text).toString('latin1').replace(/\s+/g, '');
  if (written.startsWith('{')) return text;
  const letters = written.replace(/={1,2}$/, '');
  if (letters === '' || letters.length % 4 === 1 || /[^A-Za-z0-9+/_-]/.test(letters)) throw damaged('picture_base64');
  return Buffer.from(letters, 'base64');
}
