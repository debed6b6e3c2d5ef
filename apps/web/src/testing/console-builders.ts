import type { CorpusProfile } from '@dramatis/contracts/corpus-profile';
import type { CorpusVersion, DocumentChange } from '@dramatis/contracts/corpus-version';
import type { EmbedderSwitch } from '@dramatis/contracts/embedder';
import type { IngestedDocument, IngestedDocumentDetail, Ingestion, IngestionProgress } from '@dramatis/contracts/ingestion';
import type { Passage } from '@dramatis/contracts/knowledge';
import type { Revision } from '@dramatis/contracts/revision';
import type { Source } from '@dramatis/contracts/source';
import { personaProfile } from '@dramatis/contracts/persona';
import type { PersonaImportPreview } from '@dramatis/contracts/persona-import';

const at = '2026-01-01T10:00:00.000Z';
export const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A complete source of one text; `overrides` say what matters to the test. */
export function buildSource(overrides: Partial<Source> = {}): Source {
  return {
    sourceId: uuidOf(100),
    personaId: 'ada-lovelace',
    name: 'Letters',
    kind: 'text',
    settings: null,
    publish: 'automatic',
    schedule: null,
    nextRunAt: null,
    documentCount: 1,
    lastIngestionId: null,
    lastIngestion: null,
    removed: false,
    createdAt: at,
    updatedAt: at,
    ...overrides,
  };
}

/** A run that has completed with one document. */
export function buildIngestion(overrides: Partial<Ingestion> = {}): Ingestion {
  return {
    ingestionId: uuidOf(1),
    sourceId: uuidOf(100),
    personaId: 'ada-lovelace',
    sourceName: 'Letters',
    status: 'completed',
    paused: false,
    trigger: 'manual',
    retryOf: null,
    workflowId: `ingestion/${uuidOf(1)}`,
    publish: 'automatic',
    builtVersion: 2,
    corpusVersion: 2,
    failure: null,
    stage: 'ended',
    counts: buildCounts({ discovered: 1, indexed: 1, passages: 4 }),
    startedAt: at,
    endedAt: '2026-01-01T10:01:00.000Z',
    ...overrides,
  };
}

/** The same while it is at work. */
export function buildRunning(overrides: Partial<Ingestion> = {}): Ingestion {
  return buildIngestion({ status: 'running', stage: 'processing', builtVersion: null, corpusVersion: null, endedAt: null, counts: buildCounts({ discovered: 4, indexed: 1 }), ...overrides });
}

export function buildCounts(overrides: Partial<Ingestion['counts']> = {}): Ingestion['counts'] {
  return { discovered: 0, indexed: 0, unchanged: 0, duplicate: 0, skipped: 0, failed: 0, passages: 0, ...overrides };
}

export function buildProgress(overrides: Partial<IngestionProgress> = {}): IngestionProgress {
  return { ingestionId: uuidOf(1), stage: 'processing', paused: false, counts: buildCounts({ discovered: 4, indexed: 2 }), inFlight: [], documentsPerSecond: 2, secondsLeft: 40, ...overrides };
}

export function buildDocument(overrides: Partial<IngestedDocument> = {}): IngestedDocument {
  return {
    documentId: 'document-1',
    ingestionId: uuidOf(1),
    sourceId: uuidOf(100),
    title: 'On weaving',
    url: null,
    fileName: null,
    contentType: 'text/plain',
    bytes: 1_200,
    state: 'indexed',
    step: 'index',
    reason: null,
    code: null,
    attempts: 1,
    passages: 4,
    revisionId: 'revision-1',
    discoveredAt: at,
    endedAt: at,
    ...overrides,
  };
}

export function buildDocumentDetail(overrides: Partial<IngestedDocumentDetail> = {}): IngestedDocumentDetail {
  return { ...buildDocument(), timeline: [], warnings: [], duplicateOf: null, foundOn: null, workflowId: null, original: null, ...overrides };
}

export const revisionText = 'On weaving\n\nAda Lovelace wrote notes on an engine. It weaves.';

export function buildRevision(overrides: Partial<Revision> = {}): Revision {
  return {
    revisionId: 'revision-1',
    documentId: 'document-1',
    personaId: 'ada-lovelace',
    sourceId: uuidOf(100),
    ingestionId: uuidOf(1),
    title: 'On weaving',
    url: null,
    contentType: 'text/plain',
    text: revisionText,
    sections: [{ headingPath: ['On weaving'], start: 0 }],
    words: 10,
    passages: 1,
    attributes: {},
    enrichment: {
      language: 'en',
      languageConfidence: 0.98,
      summary: ['It weaves.'],
      keywords: [{ term: 'engine', score: 1 }],
      entities: [{ name: 'Ada Lovelace', type: 'person', count: 1, mentions: [{ start: 12, end: 24 }] }],
      sentiment: { score: 0.2, label: 'positive' },
      summarisedBy: null,
      questions: [],
      modelFailure: null,
    },
    rawSha256: 'a'.repeat(64),
    contentHash: 'b'.repeat(64),
    chunker: 'chunker',
    embedder: 'embedder',
    validFrom: 1,
    validTo: 2_147_483_647,
    indexedAt: at,
    ...overrides,
  };
}

export function buildPassage(overrides: Partial<Passage> = {}): Passage {
  return {
    passageId: '1'.repeat(32),
    personaId: 'ada-lovelace',
    documentId: 'document-1',
    sourceId: uuidOf(100),
    documentTitle: 'On weaving',
    headingPath: ['On weaving'],
    ordinal: 0,
    text: revisionText.slice(12),
    tokens: 12,
    startOffset: 12,
    endOffset: revisionText.length,
    validFrom: 1,
    validTo: 2_147_483_647,
    ...overrides,
  };
}

export function buildVersion(version: number, overrides: Partial<CorpusVersion> = {}): CorpusVersion {
  return {
    personaId: 'ada-lovelace',
    version,
    status: 'retired',
    baseVersion: version - 1,
    documents: 10 + version,
    passages: 100,
    brought: 1,
    closed: 0,
    embedder: 'embedder',
    ingestionId: uuidOf(version),
    sourceId: uuidOf(100),
    builtAt: at,
    publishedAt: at,
    collectedAt: null,
    note: null,
    pinnedConversations: 0,
    profiled: true,
    ...overrides,
  };
}

export function buildChange(overrides: Partial<DocumentChange> = {}): DocumentChange {
  return {
    documentId: 'document-1',
    kind: 'changed',
    title: 'On weaving',
    formerTitle: null,
    sourceId: uuidOf(100),
    fromRevisionId: 'revision-0',
    toRevisionId: 'revision-1',
    passagesAdded: 1,
    passagesRemoved: 1,
    passagesUnchanged: 3,
    wordsBefore: 100,
    wordsAfter: 110,
    ...overrides,
  };
}

export function buildProfile(overrides: Partial<CorpusProfile> = {}): CorpusProfile {
  return {
    personaId: 'ada-lovelace',
    version: 1,
    documents: 10,
    passages: 40,
    words: 5_000,
    topics: [{ label: 'looms', terms: ['loom', 'cards'], documents: 7 }],
    entities: [{ name: 'Charles Babbage', type: 'person', mentions: 12 }],
    summary: ['The engine weaves.'],
    summarisedBy: null,
    modelFailure: null,
    starterQuestions: ['What does the engine weave?'],
    computedAt: at,
    languages: [
      { language: 'en', documents: 9, share: 0.9 },
      { language: 'fr', documents: 1, share: 0.1 },
    ],
    sentiment: { positive: 0.4, neutral: 0.5, negative: 0.1, mean: 0.2 },
    entityCount: 30,
    relationCount: 44,
    ...overrides,
  };
}

export function buildSwitch(overrides: Partial<EmbedderSwitch> = {}): EmbedderSwitch {
  return {
    switchId: uuidOf(500),
    personaId: 'ada-lovelace',
    workflowId: 'embedder-switch/1',
    from: 'built-in/minilm/384',
    to: 'ollama/nomic/768',
    status: 'running',
    stage: 'embedding',
    passages: 12,
    embedded: 3,
    failure: null,
    startedAt: at,
    endedAt: null,
    ...overrides,
  };
}

export function buildImportPreview(changes: Partial<PersonaImportPreview> = {}): PersonaImportPreview {
  return {
    format: 'card-v2',
    container: 'png',
    personaId: 'mira-voss',
    profile: personaProfile.parse({ name: 'Mira Voss', description: 'Keeps the clock tower of Hallin.', coreTraits: ['patient', 'dry'], knowledgeDomains: ['clocks'], exampleResponses: [{ prompt: 'Hello.', response: 'Sit down.' }] }),
    portrait: null,
    author: { name: 'towerkeeper', version: '1.4', notes: 'For evenings.' },
    kept: ['creator_notes', 'extensions/depth_prompt'],
    knowledge: { documents: [{ title: 'About Mira Voss', characters: 120 }, { title: 'The tower', characters: 28 }], total: 2, characters: 148 },
    corpus: null,
    notes: [{ code: 'instructions_are_style' }, { code: 'shortened', field: 'description' }, { code: 'assets_left_out', count: 3 }],
    ...changes,
  };
}
