import type { PersonaQuery } from '@dramatis/contracts/persona';
import type { Translate } from '../../../i18n/language';

/** What the gallery's address says to show. */
export interface GalleryQuery {
  search: string;
  domain: string;
}

/** Longest search that the API takes, in characters. */
export const maxSearchCharacters = 200;
const maxDomainCharacters = 120;

/** The query of an address as the reader typed or followed it: absent, too long or padded parameters are taken as they were meant. */
export function galleryQuery(search: string | undefined, domain: string | undefined): GalleryQuery {
  return { search: tidy(search, maxSearchCharacters), domain: tidy(domain, maxDomainCharacters) };
}

/** Parameters for the address; null takes one out. */
export function queryParams({ search, domain }: GalleryQuery): { search: string | null; domain: string | null } {
  return { search: search || null, domain: domain || null };
}

export function personaQuery({ search, domain }: GalleryQuery): Pick<Partial<PersonaQuery>, 'search' | 'domain'> {
  return { ...(search && { search }), ...(domain && { domain }) };
}

export function isFiltered({ search, domain }: GalleryQuery): boolean {
  return search !== '' || domain !== '';
}

/**
 * Whether the next query takes the place of the present one in the browser's history. While a search is being refined it does;
 * beginning one, ending it and choosing a domain are steps that "back" undoes.
 */
export function replacesHistory(present: GalleryQuery, next: GalleryQuery): boolean {
  return present.domain === next.domain && present.search !== '' && next.search !== '';
}

/** "4 personas on music for “ada”": what a search came to, in words. */
export function countInWords(t: Translate, total: number, { search, domain }: GalleryQuery): string {
  let count = t('gallery.count', { total });
  if (domain) count = t('gallery.countOn', { count, domain });
  return search ? t('gallery.countFor', { count, search }) : count;
}

function tidy(value: string | undefined, maxCharacters: number): string {
  return (value ?? '').trim().replace(/\s+/g, ' ').slice(0, maxCharacters).trimEnd();
}
