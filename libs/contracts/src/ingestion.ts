import { z } from 'zod';
import { personaId, uuid } from './ids.js';

/** How a document ended. `indexed` and `unchanged` are in the corpus, `duplicate` is there under another's name. */
export const documentState = z.enum(['indexed', 'unchanged', 'duplicate', 'skipped', 'failed']);
export type DocumentState = z.infer<typeof documentState>;

/** What is done with a document, in this order; `fetch` only for documents of the web. */
export const documentStep = z.enum(['fetch', 'extract', 'compare', 'enrich', 'embed', 'index']);
export type DocumentStep = z.infer<typeof documentStep>;

export const ingestionStatus = z.enum(['running', 'completed', 'failed', 'cancelled']);
export type IngestionStatus = z.infer<typeof ingestionStatus>;

export const ingestionStage = z.enum(['waiting', 'discovering', 'processing', 'checking', 'publishing', 'ended']);
export type IngestionStage = z.infer<typeof ingestionStage>;

export const ingestionTrigger = z.enum(['manual', 'schedule', 'retry']);
export type IngestionTrigger = z.infer<typeof ingestionTrigger>;

/** At the end discovered = indexed + unchanged + duplicate + skipped + failed. */
export const ingestionCounts = z
  .object({
    discovered: z.number().int(),
    indexed: z.number().int(),
    unchanged: z.number().int(),
    duplicate: z.number().int(),
    skipped: z.number().int(),
    failed: z.number().int(),
    passages: z.number().int().describe('Passages that the run has written.'),
  })
  .meta({ id: 'IngestionCounts' });
export type IngestionCounts = z.infer<typeof ingestionCounts>;

/** What a list says of a run. */
export const ingestionSummary = z
  .object({
    ingestionId: uuid,
    sourceId: uuid,
    personaId,
    status: ingestionStatus,
    paused: z.boolean(),
    trigger: ingestionTrigger,
    retryOf: uuid.nullable().describe('The run whose failed documents it takes up again.'),
    workflowId: z.string(),
    publish: z.enum(['automatic', 'manual']),
    builtVersion: z.number().int().nullable().describe('The corpus version that it built and checked; null before, and when nothing had changed.'),
    corpusVersion: z.number().int().nullable().describe('The version that its persona publishes since it completed; null before, and while a built version waits.'),
    failure: z.string().nullable(),
    failureCode: z.string().nullable().optional().describe('The same as a stable code. Absent in runs of before there were any.'),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'IngestionSummary' });
export type IngestionSummary = z.infer<typeof ingestionSummary>;

/** One run of a source through the pipeline. */
export const ingestion = ingestionSummary
  .extend({ sourceName: z.string(), stage: ingestionStage, counts: ingestionCounts })
  .meta({ id: 'Ingestion' });
export type Ingestion = z.infer<typeof ingestion>;

export const ingestionQuery = z.strictObject({
  personaId: personaId.optional(),
  sourceId: uuid.optional(),
  status: ingestionStatus.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type IngestionQuery = z.infer<typeof ingestionQuery>;

export const ingestionPage = z
  .object({ items: z.array(ingestion), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'IngestionPage' });
export type IngestionPage = z.infer<typeof ingestionPage>;

export const startIngestion = z
  .strictObject({ publish: z.enum(['automatic', 'manual']).optional().describe("Absent: as the source's settings say.") })
  .meta({ id: 'StartIngestion' });
export type StartIngestion = z.infer<typeof startIngestion>;

export const startedIngestion = z.object({ ingestionId: uuid, personaId, workflowId: z.string() }).meta({ id: 'StartedIngestion' });
export type StartedIngestion = z.infer<typeof startedIngestion>;

/** Where a run is, from the run itself. */
export const ingestionProgress = z
  .object({
    ingestionId: uuid,
    stage: ingestionStage,
    paused: z.boolean(),
    counts: ingestionCounts,
    inFlight: z
      .array(z.object({ documentId: z.string(), title: z.string(), since: z.iso.datetime() }))
      .describe('Documents on their way now.'),
    documentsPerSecond: z.number().nullable().describe('Over the last minute or so; null while too few are done.'),
    secondsLeft: z.number().nullable().describe('At that rate, for what is found so far; null while it is not known.'),
  })
  .meta({ id: 'IngestionProgress' });
export type IngestionProgress = z.infer<typeof ingestionProgress>;

/** A document of a run, as lists show it. */
export const ingestedDocument = z
  .object({
    documentId: z.string(),
    ingestionId: uuid,
    sourceId: uuid,
    title: z.string(),
    url: z.string().nullable().describe('Of the web: the address it is kept under, after redirects and canonical links.'),
    fileName: z.string().nullable(),
    contentType: z.string().nullable().describe('Null until it is known.'),
    bytes: z.number().int().nullable(),
    state: documentState.nullable().describe('Null while it is on its way.'),
    step: documentStep.nullable().describe('The last step that was begun.'),
    reason: z.string().nullable().describe('Why it was not brought in, for a curator.'),
    code: z.string().nullable().describe('The reason as a stable code, such as robots_disallowed or encrypted.'),
    attempts: z.number().int().describe('Tries of the step that took most.'),
    passages: z.number().int().describe('That the run has written for it.'),
    revisionId: z.string().nullable().describe('What the corpus has of it; null for what was not brought in.'),
    discoveredAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'IngestedDocument' });
export type IngestedDocument = z.infer<typeof ingestedDocument>;

export const documentQuery = z.strictObject({
  state: documentState.or(z.literal('pending')).optional(),
  text: z.string().trim().max(200).optional().describe('Part of the title or address.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type DocumentQuery = z.infer<typeof documentQuery>;

export const documentPage = z
  .object({ items: z.array(ingestedDocument), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'DocumentPage' });
export type DocumentPage = z.infer<typeof documentPage>;

export const timelineEntry = z.object({
  step: documentStep,
  attempt: z.number().int().min(1),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  outcome: z.enum(['running', 'done', 'failed']),
  note: z.string().nullable().describe('What went wrong, or what was found, such as 14 passages.'),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** A document of a run with all that happened to it. Its text and passages are those of its revision. */
export const ingestedDocumentDetail = ingestedDocument
  .extend({
    timeline: z.array(timelineEntry),
    warnings: z.array(z.string()).describe('What was left out or repaired on the way.'),
    duplicateOf: z.object({ documentId: z.string(), title: z.string() }).nullable(),
    foundOn: z.string().nullable().describe('The page that led to it.'),
    workflowId: z.string().nullable().describe('Its own workflow.'),
    original: z
      .object({ fileName: z.string(), contentType: z.string(), bytes: z.number().int(), sha256: z.string() })
      .nullable()
      .describe('What was stored as it came; null when nothing was.'),
  })
  .meta({ id: 'IngestedDocumentDetail' });
export type IngestedDocumentDetail = z.infer<typeof ingestedDocumentDetail>;

const eventBase = z.object({
  id: z.number().int().min(1).describe('Grows by one within a run.'),
  ingestionId: uuid,
  at: z.iso.datetime(),
});

/** What followers of a running ingestion receive. `progress` comes at most about twice a second; the last is `ended`. */
export const ingestionEvent = z
  .discriminatedUnion('type', [
    eventBase.extend({ type: z.literal('progress'), progress: ingestionProgress }),
    eventBase.extend({ type: z.literal('ended'), ingestion }),
  ])
  .meta({ id: 'IngestionEvent' });
export type IngestionEvent = z.infer<typeof ingestionEvent>;
type WithoutEnvelope<E> = E extends IngestionEvent ? Omit<E, 'id' | 'ingestionId' | 'at'> : never;
export type IngestionEventBody = WithoutEnvelope<IngestionEvent>;

/** Socket.IO events, both ways; for operators. */
export const ingestionSocketEvents = {
  subscribe: 'ingestion:subscribe',
  unsubscribe: 'ingestion:unsubscribe',
  event: 'ingestion:event',
} as const;

/** The operator's token may also come with the connection, as `auth: { token }`. */
export const ingestionSubscribe = z.strictObject({
  ingestionId: uuid,
  after: z.number().int().min(0).max(100_000_000).default(0).describe('Id of the last event seen; 0 for the latest progress and what follows.'),
  token: z.string().max(500).optional(),
});
export type IngestionSubscribe = z.infer<typeof ingestionSubscribe>;
export const ingestionUnsubscribe = z.strictObject({ ingestionId: uuid });
