import { type CustomId, customIdPattern, isCustomId } from '@dramatis/contracts/custom-id';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { PersonaQuery } from '@dramatis/contracts/persona';
import type { Translate } from '../../../i18n/language';
import type { Manners } from '../../shared/manners';
import { interactionModeOrder, responseFormatOrder } from '../../shared/words';

/** What the gallery's address says to show. Empty: whatever there is. */
export interface GalleryQuery {
  search: string;
  domain: string;
  /** How they speak, and what they answer in. */
  mode: ModeId | '';
  format: FormatId | '';
}

/** The query's parameters as they stand in an address. */
export type GalleryParams = { [Name in keyof GalleryQuery]?: string | undefined };

export const everyone: GalleryQuery = { search: '', domain: '', mode: '', format: '' };

/** Longest search that the API takes, in characters. */
export const maxSearchCharacters = 200;
const maxDomainCharacters = 120;

/** The query of an address as the reader typed or followed it: absent, too long or padded parameters are taken as they were meant, and what names nothing is left out. */
export function galleryQuery({ search, domain, mode, format }: GalleryParams): GalleryQuery {
  return {
    search: tidy(search, maxSearchCharacters),
    domain: tidy(domain, maxDomainCharacters),
    mode: idAmong(interactionModeOrder, mode),
    format: idAmong(responseFormatOrder, format),
  };
}

/** Parameters for the address; null takes one out. */
export function queryParams({ search, domain, mode, format }: GalleryQuery): { [Name in keyof GalleryQuery]: string | null } {
  return { search: search || null, domain: domain || null, mode: mode || null, format: format || null };
}

export function personaQuery({ search, domain, mode, format }: GalleryQuery): Pick<Partial<PersonaQuery>, keyof GalleryQuery> {
  return { ...(search && { search }), ...(domain && { domain }), ...(mode && { mode }), ...(format && { format }) };
}

export function isFiltered(query: GalleryQuery): boolean {
  return !sameQuery(query, everyone);
}

export function sameQuery(a: GalleryQuery, b: GalleryQuery): boolean {
  return a.search === b.search && sameFilters(a, b);
}

function sameFilters(a: GalleryQuery, b: GalleryQuery): boolean {
  return a.domain === b.domain && a.mode === b.mode && a.format === b.format;
}

/**
 * Whether the next query takes the place of the present one in the browser's history. While a search is being refined it does;
 * beginning one, ending it and choosing a filter are steps that "back" undoes.
 */
export function replacesHistory(present: GalleryQuery, next: GalleryQuery): boolean {
  return sameFilters(present, next) && present.search !== '' && next.search !== '';
}

/** "4 personas on music as a debater for “ada”": what a search came to, in words. */
export function countInWords(t: Translate, manners: Pick<Manners, 'mode' | 'format'>, total: number, { search, domain, mode, format }: GalleryQuery): string {
  let count = t('gallery.count', { total });
  if (domain) count = t('gallery.countOn', { count, domain });
  if (mode) count = t('gallery.countAs', { count, mode: manners.mode(mode).phrase });
  if (format) count = t('gallery.countIn', { count, format: manners.format(format).phrase });
  return search ? t('gallery.countFor', { count, search }) : count;
}

function tidy(value: string | undefined, maxCharacters: number): string {
  return (value ?? '').trim().replace(/\s+/g, ' ').slice(0, maxCharacters).trimEnd();
}

function idAmong<Id extends string>(builtIn: readonly Id[], value: string | undefined): Id | CustomId | '' {
  const id = tidy(value, 80);
  return builtIn.find((known) => known === id) ?? (isCustomId(id) && customIdPattern.test(id) ? id : '');
}
