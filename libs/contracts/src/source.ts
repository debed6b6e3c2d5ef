import { z } from 'zod';
import { personaId, uuid } from './ids.js';
import { ingestionSummary } from './ingestion.js';
import { fieldTexts } from './field-texts.js';

/**
 * Where knowledge comes from. `text`: pasted documents. `upload`: files. `page`: single pages. `sitemap`: the pages that sitemaps list.
 * `site`: the pages that links lead to. `feed`: the entries of RSS and Atom feeds.
 */
export const sourceKind = z.enum(['text', 'upload', 'page', 'sitemap', 'site', 'feed']);
export type SourceKind = z.infer<typeof sourceKind>;

/** Kinds whose documents are fetched from the web. */
export const webSourceKinds = ['page', 'sitemap', 'site', 'feed'] as const satisfies readonly SourceKind[];
export type WebSourceKind = (typeof webSourceKinds)[number];
export function isWebSource(kind: SourceKind): kind is WebSourceKind {
  return (webSourceKinds as readonly string[]).includes(kind);
}

export const pastedContentType = z.enum(['text/plain', 'text/markdown']);

/** Longest pasted document, in characters, and most documents in one source of texts. */
export const maxDocumentCharacters = 200_000;
export const maxSourceDocuments = 200;
/** Most files in one source of uploads. */
export const maxSourceUploads = 20_000;
/** Most pages that one source brings in. */
export const maxSourcePages = 20_000;

export const sourceDocument = z.strictObject({
  title: z.string().trim().min(1).max(300),
  contentType: pastedContentType.default('text/plain'),
  text: z.string().min(1).max(maxDocumentCharacters),
});
export type SourceDocument = z.infer<typeof sourceDocument>;

/** An address on the web: http or https, without a user name or password. Whether it may be reached is decided when it is fetched. */
export const webAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine((value) => isWebAddress(value), fieldTexts.web_address)
  .describe('For example https://example.org/essays/');

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hostname !== '';
}

const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/, fieldTexts.host);

/** `*` stands for any characters within a part of the path, `**` for any at all; matched against path and query. */
const pathPattern = z.string().trim().min(1).max(300).describe('For example /essays/** or **/*.pdf');

const addresses = z.array(webAddress).min(1).max(200);
const patterns = z.array(pathPattern).max(50);
const maxPages = z.number().int().min(1).max(maxSourcePages);

/** What a source of the web fetches. Fields that its kind does not use have their defaults. */
export const crawlSettings = z
  .object({
    urls: addresses.describe('page: the pages. sitemap, feed: their addresses. site: where the crawl begins.'),
    depth: z.number().int().min(0).max(20).describe('site: how many links away from where it begins; 0 for those pages alone.'),
    maxPages: maxPages.describe('Most documents that a run brings in; the others are left out, nearest first.'),
    hosts: z.array(hostName).max(50).describe('site: hosts besides those it begins at; `*.example.org` for all below one.'),
    include: patterns.describe('Only pages whose path matches one of these; empty for all.'),
    exclude: patterns.describe('No page whose path matches one of these.'),
  })
  .meta({ id: 'CrawlSettings' });
export type CrawlSettings = z.infer<typeof crawlSettings>;

export const defaultCrawl: Omit<CrawlSettings, 'urls'> = { depth: 3, maxPages: 500, hosts: [], include: [], exclude: [] };

const { depth, hosts } = crawlSettings.shape;
const pageSettings = z.strictObject({ urls: addresses });
const listSettings = pageSettings.extend({
  maxPages: maxPages.default(defaultCrawl.maxPages),
  include: patterns.default([]),
  exclude: patterns.default([]),
});
const siteSettings = listSettings.extend({ depth: depth.default(defaultCrawl.depth), hosts: hosts.default([]) });

/** When a source is ingested by itself. A run that is due while the one before is at work is left out. */
export const sourceSchedule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('interval'),
      everyMinutes: z.number().int().min(5).max(525_600),
    }),
    z.strictObject({
      kind: z.literal('cron'),
      cron: z
        .string()
        .trim()
        .max(100)
        .regex(/^(?:\S+\s+){4}\S+$/, fieldTexts.cron)
        .describe('For example `0 6 * * 1`: Mondays at six.'),
      timeZone: z
        .string()
        .max(64)
        .refine((zone) => isTimeZone(zone), fieldTexts.time_zone)
        .default('UTC'),
    }),
  ])
  .meta({ id: 'SourceSchedule' });
export type SourceSchedule = z.infer<typeof sourceSchedule>;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `automatic`: a run publishes the version that it built. `manual`: the version waits until an operator publishes it. */
export const publishing = z.enum(['automatic', 'manual']);
export type Publishing = z.infer<typeof publishing>;

const named = {
  personaId,
  name: z.string().trim().min(1).max(200),
  publish: publishing.default('automatic'),
};
const comesAgain = { ...named, schedule: sourceSchedule.nullable().default(null) };

export const createSource = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('text').optional().describe('Absent: text.'),
      ...named,
      documents: z.array(sourceDocument).min(1).max(maxSourceDocuments),
    }),
    z.strictObject({ kind: z.literal('upload'), ...named, uploadIds: z.array(uuid).min(1).max(maxSourceUploads) }),
    z.strictObject({ kind: z.literal('page'), ...comesAgain, settings: pageSettings }),
    z.strictObject({ kind: z.literal('sitemap'), ...comesAgain, settings: listSettings }),
    z.strictObject({ kind: z.literal('site'), ...comesAgain, settings: siteSettings }),
    z.strictObject({ kind: z.literal('feed'), ...comesAgain, settings: listSettings }),
  ])
  .meta({ id: 'CreateSource' });
export type CreateSource = z.infer<typeof createSource>;
/** What a client sends: fields with a default may be left out. */
export type CreateSourceInput = z.input<typeof createSource>;

export const updateSource = z
  .strictObject({
    name: named.name.optional(),
    publish: publishing.optional(),
    schedule: sourceSchedule.nullable().optional().describe('Null: not by itself any more. Only for sources of the web.'),
    settings: crawlSettings.partial().strict().optional().describe('What is absent stays. Only for sources of the web.'),
    addDocuments: z
      .array(sourceDocument)
      .min(1)
      .max(maxSourceDocuments)
      .optional()
      .describe('Only for sources of texts. One with the title of a former takes its place.'),
    addUploadIds: z
      .array(uuid)
      .min(1)
      .max(maxSourceUploads)
      .optional()
      .describe('Only for sources of uploads. A file with the name of a former takes its place.'),
    removeDocumentIds: z.array(z.string().min(1).max(64)).min(1).max(maxSourceUploads).optional().describe('Texts or uploads to take out.'),
  })
  .refine((patch) => Object.keys(patch).length > 0, fieldTexts.change_nothing)
  .meta({ id: 'UpdateSource' });
export type UpdateSource = z.infer<typeof updateSource>;

export const source = z
  .object({
    sourceId: uuid,
    personaId,
    name: z.string(),
    kind: sourceKind,
    settings: crawlSettings.nullable().describe('Null for texts and uploads.'),
    publish: publishing,
    schedule: sourceSchedule.nullable(),
    nextRunAt: z.iso.datetime().nullable().describe('When the schedule starts it next; null without one, and in lists.'),
    documentCount: z.number().int().describe('Texts or files that it holds; of the web, documents that its last full run found.'),
    lastIngestionId: uuid.nullable(),
    lastIngestion: ingestionSummary.nullable(),
    removed: z.boolean().describe('Whether it was deleted, and its documents wait for the version that leaves them out.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof source>;

export const sourceQuery = z.strictObject({
  personaId: personaId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type SourceQuery = z.infer<typeof sourceQuery>;

export const sourcePage = z
  .object({ items: z.array(source), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'SourcePage' });
export type SourcePage = z.infer<typeof sourcePage>;

/** Largest uploaded file, and most files in one request. */
export const maxUploadBytes = 50 * 1024 * 1024;
export const maxUploadFiles = 100;

/** What became of one file of an upload; a bad file does not stop the others. */
export const uploadResult = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      fileName: z.string(),
      uploadId: uuid,
      format: z.string().describe('What the file was recognised as, such as pdf.'),
      contentType: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
    }),
    z.object({
      ok: z.literal(false),
      fileName: z.string(),
      code: z.enum(['empty', 'too_large', 'unsupported_format', 'too_many_files', 'interrupted']),
      reason: z.string().describe('What is wrong with it and what to do, in a sentence or two.'),
    }),
  ])
  .meta({ id: 'UploadResult' });
export type UploadResult = z.infer<typeof uploadResult>;

export const uploadResults = z.object({ items: z.array(uploadResult) }).meta({ id: 'UploadResults' });
export type UploadResults = z.infer<typeof uploadResults>;
