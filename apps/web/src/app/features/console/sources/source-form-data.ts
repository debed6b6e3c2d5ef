import type { CrawlSettings, CreateSource, Publishing, SourceDocument, SourceKind, SourceSchedule } from '@dramatis/contracts/source';
import type { Translate } from '../../../../i18n/language';
import { linesOf, textOf } from '../parts/form-field';

/** Longest title that a text may have, in characters. */
const maxTitleCharacters = 300;
const suggestedTitleCharacters = 80;

export interface SourceParts {
  personaId: string;
  kind: SourceKind;
  documents: readonly SourceDocument[];
  uploads: readonly { uploadId: string; fileName: string }[];
}

/** What a filled-in form asks the API for. A source without a name gets one from what it holds. */
export function newSource(t: Translate, data: FormData, { personaId, kind, documents, uploads }: SourceParts): CreateSource {
  const publish: Publishing = textOf(data, 'publish') === 'manual' ? 'manual' : 'automatic';
  const given = textOf(data, 'name');
  switch (kind) {
    case 'text':
      return { kind, personaId, publish, name: given || (documents[0]?.title ?? ''), documents: [...documents] };
    case 'upload':
      return { kind, personaId, publish, name: given || nameOfFiles(t, uploads), uploadIds: uploads.map(({ uploadId }) => uploadId) };
    case 'page':
    case 'sitemap':
    case 'site':
    case 'feed': {
      const { urls, maxPages, include, exclude, depth, hosts } = crawlOf(data);
      const common = { personaId, publish, schedule: scheduleOf(data), name: given || nameOfAddress(urls) };
      if (kind === 'page') return { kind, ...common, settings: { urls } };
      if (kind === 'site') return { kind, ...common, settings: { urls, maxPages, include, exclude, depth, hosts } };
      return { kind, ...common, settings: { urls, maxPages, include, exclude } };
    }
  }
}

/** The crawl's fields of a form. Those that the form did not show are empty lists and zeros. */
export function crawlOf(data: FormData): CrawlSettings {
  return {
    urls: linesOf(data, 'urls'),
    depth: Number(textOf(data, 'depth')),
    maxPages: Number(textOf(data, 'maxPages')),
    hosts: linesOf(data, 'hosts'),
    include: linesOf(data, 'include'),
    exclude: linesOf(data, 'exclude'),
  };
}

export function scheduleOf(data: FormData): SourceSchedule | null {
  switch (textOf(data, 'schedule')) {
    case 'interval': {
      const unit = Number(textOf(data, 'everyUnit'));
      return { kind: 'interval', everyMinutes: Math.round(Number(textOf(data, 'every')) * unit) };
    }
    case 'cron':
      return { kind: 'cron', cron: textOf(data, 'cron'), timeZone: textOf(data, 'timeZone') };
    default:
      return null;
  }
}

/** The text's first words as its title, for whoever gave none. */
export function titleOf(title: string, text: string): string {
  if (title.trim()) return title.trim().slice(0, maxTitleCharacters);
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const words = line.replace(/^#+\s*/, '').trim();
  if (words.length <= suggestedTitleCharacters) return words;
  return `${words.slice(0, suggestedTitleCharacters).replace(/\s+\S*$/, '')}…`;
}

function nameOfFiles(t: Translate, uploads: readonly { fileName: string }[]): string {
  const [first, ...others] = uploads;
  if (!first) return '';
  return others.length === 0 ? first.fileName : t('sources.andMore', { fileName: first.fileName, count: others.length });
}

function nameOfAddress([first]: readonly string[]): string {
  return first && URL.canParse(first) ? new URL(first).host : (first ?? '');
}
