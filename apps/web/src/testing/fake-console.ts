import type { Conversation, ConversationPage, ListedConversation } from '@dramatis/contracts/conversation';
import type { Provider } from '@angular/core';
import type { CorpusProfile } from '@dramatis/contracts/corpus-profile';
import type { CorpusComparison, CorpusVersion, CorpusVersionPage, CorpusWork, DocumentChangeKind, DocumentDiff, MoveCorpus, UpdateCorpusVersion } from '@dramatis/contracts/corpus-version';
import type { CorpusEmbedder, EmbedderList, EmbedderSwitch } from '@dramatis/contracts/embedder';
import type { AccountPage, AdministeredAccount, UpdateAccount } from '@dramatis/contracts/identity/administration';
import type { DocumentPage, DocumentQuery, IngestedDocument, IngestedDocumentDetail, Ingestion, IngestionPage, IngestionProgress, IngestionQuery, StartedIngestion } from '@dramatis/contracts/ingestion';
import type { KnowledgeGraph, Neighbourhood } from '@dramatis/contracts/knowledge-graph';
import type { Persona, PersonaPage } from '@dramatis/contracts/persona';
import type { ImportedPersona, PersonaImportPreview } from '@dramatis/contracts/persona-import';
import type { Revision } from '@dramatis/contracts/revision';
import type { QuotaSettings, Quotas, TurnQuota } from '@dramatis/contracts/quota';
import type { PlaygroundResult, PlaygroundSearch } from '@dramatis/contracts/search-playground';
import type { CreateSource, Source, SourcePage, UpdateSource, UploadResult } from '@dramatis/contracts/source';
import { ApiClient } from '../app/core/api-client';
import { Operator } from '../app/core/operator';
import { Problem } from '../app/core/problem';
import { AccountsApi, type AccountsWanted } from '../app/features/console/api/accounts-api';
import { ExchangeApi } from '../app/features/console/api/exchange-api';
import { CorpusApi } from '../app/features/console/api/corpus-api';
import { KnowledgeApi } from '../app/features/console/api/knowledge-api';
import { PersonasApi } from '../app/features/console/api/personas-api';
import { IngestionFeed, type IngestionListener } from '../app/features/console/runs/ingestion-feed';
import { FileSender } from '../app/features/console/sources/file-sender';
import { buildPersona } from './builders';
import { FakePersonasApi } from './fake-personas';
import { FakeIdentityApi } from './fake-identity';
import { buildDocumentDetail, buildImportPreview, buildPassage, buildProfile, buildProgress, buildRevision, buildRunning, buildSource, buildSwitch, uuidOf } from './console-builders';

/** What was asked of the console's API, oldest first, and what every answer is while it fails. */
class Journal {
  readonly requests: string[] = [];
  trouble: Problem | null = null;

  note(route: string, asked?: unknown): void {
    this.requests.push(asked === undefined ? route : `${route} ${JSON.stringify(asked)}`);
    if (this.trouble) throw this.trouble;
  }
}

type KnowledgeRoutes = Pick<KnowledgeApi, keyof KnowledgeApi>;

/** Sources, runs and documents in memory, by the rules that the pages rely on. */
export class FakeKnowledgeApi implements KnowledgeRoutes {
  personasKept: Persona[] = [buildPersona()];
  sourcesKept: Source[] = [];
  runsKept: Ingestion[] = [];
  documentsKept: IngestedDocument[] = [];
  revisionKept: Partial<Revision> = {};
  detail: IngestedDocumentDetail = buildDocumentDetail();
  progressNow: IngestionProgress = buildProgress();

  constructor(private readonly journal: Journal) {}

  async personas(query: unknown): Promise<PersonaPage> {
    this.journal.note('personas', query);
    return page(this.personasKept);
  }

  async persona(personaId: string): Promise<Persona> {
    this.journal.note(`persona ${personaId}`);
    return found(this.personasKept.find((kept) => kept.personaId === personaId), 'persona_not_found');
  }

  async sources(): Promise<SourcePage> {
    this.journal.note('sources');
    return page(this.sourcesKept);
  }

  async source(sourceId: string): Promise<Source> {
    this.journal.note(`source ${sourceId}`);
    return found(this.sourcesKept.find((kept) => kept.sourceId === sourceId), 'source_not_found');
  }

  async createSource(body: CreateSource): Promise<Source> {
    this.journal.note('createSource', body);
    const created = buildSource({ sourceId: uuidOf(200), name: body.name, kind: body.kind ?? 'text' });
    this.sourcesKept = [created, ...this.sourcesKept];
    return created;
  }

  async updateSource(sourceId: string, body: UpdateSource): Promise<Source> {
    this.journal.note(`updateSource ${sourceId}`, body);
    const { name, publish, schedule } = body;
    const updated = { ...(await this.source(sourceId)), ...(name && { name }), ...(publish && { publish }), ...(schedule !== undefined && { schedule }) };
    this.sourcesKept = this.sourcesKept.map((kept) => (kept.sourceId === sourceId ? updated : kept));
    return updated;
  }

  async deleteSource(sourceId: string): Promise<null> {
    this.journal.note(`deleteSource ${sourceId}`);
    this.sourcesKept = this.sourcesKept.filter((kept) => kept.sourceId !== sourceId);
    return null;
  }

  async sourceDocuments(sourceId: string): Promise<DocumentPage> {
    this.journal.note(`sourceDocuments ${sourceId}`);
    return page(this.documentsKept);
  }

  async ingest(sourceId: string): Promise<StartedIngestion> {
    this.journal.note(`ingest ${sourceId}`);
    return this.begin(buildRunning({ ingestionId: uuidOf(300), sourceId }));
  }

  async ingestions(query: Partial<IngestionQuery>): Promise<IngestionPage> {
    this.journal.note('ingestions', query);
    return page(this.runsKept.filter((run) => !query.status || run.status === query.status));
  }

  async ingestion(ingestionId: string): Promise<Ingestion> {
    this.journal.note(`ingestion ${ingestionId}`);
    return found(this.runsKept.find((kept) => kept.ingestionId === ingestionId), 'ingestion_not_found');
  }

  async progress(ingestionId: string): Promise<IngestionProgress> {
    this.journal.note(`progress ${ingestionId}`);
    return this.progressNow;
  }

  async pause(ingestionId: string): Promise<unknown> {
    this.journal.note(`pause ${ingestionId}`);
    return this.change(ingestionId, { paused: true });
  }

  async resume(ingestionId: string): Promise<unknown> {
    this.journal.note(`resume ${ingestionId}`);
    return this.change(ingestionId, { paused: false });
  }

  async cancel(ingestionId: string): Promise<unknown> {
    this.journal.note(`cancel ${ingestionId}`);
    return this.change(ingestionId, { status: 'cancelled', stage: 'ended', endedAt: new Date().toISOString() });
  }

  async retry(ingestionId: string): Promise<StartedIngestion> {
    this.journal.note(`retry ${ingestionId}`);
    return this.begin(buildRunning({ ingestionId: uuidOf(301), trigger: 'retry', retryOf: ingestionId }));
  }

  async documents(ingestionId: string, query: Partial<DocumentQuery>): Promise<DocumentPage> {
    this.journal.note(`documents ${ingestionId}`, query);
    return page(this.documentsKept.filter(({ state }) => !query.state || (query.state === 'pending' ? state === null : state === query.state)));
  }

  async document(_: string, documentId: string): Promise<IngestedDocumentDetail> {
    this.journal.note(`document ${documentId}`);
    return this.detail;
  }

  async original(_: string, documentId: string): Promise<Blob> {
    this.journal.note(`original ${documentId}`);
    return new Blob(['original']);
  }

  async revision(revisionId: string) {
    this.journal.note(`revision ${revisionId}`);
    return buildRevision({ ...this.revisionKept, revisionId });
  }

  async revisionPassages(revisionId: string) {
    this.journal.note(`revisionPassages ${revisionId}`);
    return { items: [buildPassage()], total: 1 };
  }

  /** Changes a run on the server's side. */
  change(ingestionId: string, change: Partial<Ingestion>): Ingestion {
    this.runsKept = this.runsKept.map((run) => (run.ingestionId === ingestionId ? { ...run, ...change } : run));
    return found(this.runsKept.find((run) => run.ingestionId === ingestionId), 'ingestion_not_found');
  }

  private begin(run: Ingestion): StartedIngestion {
    this.runsKept = [run, ...this.runsKept];
    return { ingestionId: run.ingestionId, personaId: run.personaId, workflowId: run.workflowId };
  }
}

type CorpusRoutes = Pick<CorpusApi, 'versions' | 'annotate' | 'publish' | 'rollBack' | 'compare' | 'documentDiff' | 'profile' | 'computeProfile' | 'embedders' | 'embedder' | 'switchEmbedder' | 'graph' | 'neighbours' | 'search' | 'audit' | 'conversations' | 'pin'>;

export class FakeCorpusApi implements CorpusRoutes {
  conversationsKept: ListedConversation[] = [];
  versionsKept: CorpusVersion[] = [];
  profileKept: Partial<CorpusProfile> = {};
  publishedVersion = 0;
  comparison: Omit<CorpusComparison, 'from' | 'to'> | null = null;
  diff: DocumentDiff | null = null;
  graphKept: KnowledgeGraph = { personaId: 'ada-lovelace', version: 2, computed: true, entities: [], edges: [], total: 0 };
  neighbourhood: Neighbourhood | null = null;
  found: PlaygroundResult | null = null;
  private lastSwitch: EmbedderSwitch | null = null;

  constructor(private readonly journal: Journal) {}

  async versions(): Promise<CorpusVersionPage> {
    this.journal.note('versions');
    return { ...page(this.versionsKept), publishedVersion: this.publishedVersion, retained: 5 };
  }

  async annotate(_: string, version: number, { note }: UpdateCorpusVersion): Promise<CorpusVersion> {
    this.journal.note(`annotate ${version}`, { note });
    this.versionsKept = this.versionsKept.map((kept) => (kept.version === version ? { ...kept, note } : kept));
    return found(this.versionsKept.find((kept) => kept.version === version), 'corpus_version_not_found');
  }

  async publish(_: string, body: MoveCorpus): Promise<unknown> {
    this.journal.note('publish', body);
    return this.move(body);
  }

  async rollBack(_: string, body: MoveCorpus): Promise<unknown> {
    this.journal.note('rollBack', body);
    return this.move(body);
  }

  async conversations(): Promise<ConversationPage> {
    return { ...page(this.conversationsKept), unsearched: 0 };
  }

  async pin(conversationId: string, corpusVersion: number | null): Promise<Conversation> {
    this.journal.note(`pin ${corpusVersion}`);
    this.conversationsKept = this.conversationsKept.map((kept) => (kept.conversationId === conversationId ? { ...kept, corpusVersion } : kept));
    return found(this.conversationsKept.find((kept) => kept.conversationId === conversationId), 'conversation_not_found');
  }

  async compare(_: string, { from, to, kind }: { from: number; to: number; kind?: DocumentChangeKind }): Promise<CorpusComparison> {
    this.journal.note(`compare ${from} ${to}${kind ? ` ${kind}` : ''}`);
    const comparison = found(this.comparison ?? undefined, 'corpus_version_not_found');
    const items = comparison.items.filter((item) => !kind || item.kind === kind);
    return { ...comparison, items, total: kind ? items.length : comparison.total, from, to };
  }

  async documentDiff(_: string, documentId: string): Promise<DocumentDiff> {
    this.journal.note(`documentDiff ${documentId}`);
    return found(this.diff ?? undefined, 'document_not_found');
  }

  async profile(): Promise<CorpusProfile> {
    return buildProfile(this.profileKept);
  }

  async computeProfile(_: string, version: number): Promise<CorpusWork> {
    this.journal.note(`computeProfile ${version}`);
    return { workflowId: 'corpus/settle', personaId: 'ada-lovelace', version };
  }

  async embedders(): Promise<EmbedderList> {
    return {
      items: [
        { embedder: 'built-in/minilm/384', provider: 'built-in', model: 'minilm', dimensions: 384, isDefault: true },
        { embedder: 'ollama/nomic/768', provider: 'ollama', model: 'nomic', dimensions: 768, isDefault: false },
      ],
    };
  }

  async embedder(): Promise<CorpusEmbedder> {
    return { personaId: 'ada-lovelace', embedder: 'built-in/minilm/384', lastSwitch: this.lastSwitch };
  }

  async switchEmbedder(_: string, embedder: string): Promise<EmbedderSwitch> {
    this.journal.note(`switchEmbedder ${embedder}`);
    this.lastSwitch = buildSwitch({ to: embedder });
    return this.lastSwitch;
  }

  async graph(_: string, query: unknown): Promise<KnowledgeGraph> {
    this.journal.note('graph', query);
    return this.graphKept;
  }

  async neighbours(_: string, entityId: string): Promise<Neighbourhood> {
    this.journal.note(`neighbours ${entityId}`);
    return found(this.neighbourhood ?? undefined, 'entity_not_found');
  }

  async search(body: PlaygroundSearch): Promise<PlaygroundResult> {
    this.journal.note('search', body);
    return found(this.found ?? undefined, 'corpus_version_not_found');
  }

  async audit(query: unknown) {
    this.journal.note('audit', query);
    return { items: [], total: 0, limit: 50, offset: 0 };
  }

  private move({ version }: MoveCorpus): CorpusVersion {
    this.versionsKept = this.versionsKept.map((kept) =>
      kept.version === version ? { ...kept, status: 'published' } : kept.version === this.publishedVersion ? { ...kept, status: 'retired' } : kept,
    );
    this.publishedVersion = version;
    return found(this.versionsKept.find((kept) => kept.version === version), 'corpus_version_not_found');
  }
}

const unlimited: TurnQuota = { turnsAMinute: null, turnsAtOnce: null, tokensADay: null };

/** Accounts and quotas in memory. The last admin stays one. */
export class FakeAccountsApi implements Pick<AccountsApi, keyof AccountsApi> {
  accountsKept: AdministeredAccount[] = [];
  settings: QuotaSettings = {
    quotas: { guest: { turnsAMinute: 5, turnsAtOnce: 1, tokensADay: 20_000 }, user: unlimited, curator: unlimited, admin: unlimited },
    defaults: { guest: { turnsAMinute: 5, turnsAtOnce: 1, tokensADay: 20_000 }, user: unlimited, curator: unlimited, admin: unlimited },
    changedAt: null,
  };

  constructor(private readonly journal: Journal) {}

  async accounts(query: AccountsWanted): Promise<AccountPage> {
    this.journal.note('accounts', query);
    const { search = '', role, disabled } = query;
    return page(
      this.accountsKept.filter(
        (kept) => `${kept.displayName} ${kept.email}`.toLowerCase().includes(search.toLowerCase()) && [undefined, kept.role].includes(role) && [undefined, kept.disabled].includes(disabled),
      ),
    );
  }

  async update(accountId: string, body: UpdateAccount): Promise<AdministeredAccount> {
    this.journal.note(`updateAccount ${accountId}`, body);
    const kept = found(this.accountsKept.find((account) => account.accountId === accountId), 'account_not_found');
    const admins = this.accountsKept.filter(({ role }) => role === 'admin');
    if (kept.role === 'admin' && admins.length === 1) throw new Problem('last_admin', 'An installation has at least one admin.', 409);
    const changed = { ...kept, ...body };
    this.accountsKept = this.accountsKept.map((account) => (account.accountId === accountId ? changed : account));
    return changed;
  }

  async quotas(): Promise<QuotaSettings> {
    this.journal.note('quotas');
    return this.settings;
  }

  async setQuotas(quotas: Quotas): Promise<QuotaSettings> {
    this.journal.note('setQuotas', quotas);
    this.settings = { ...this.settings, quotas, changedAt: new Date().toISOString() };
    return this.settings;
  }
}

/** A run's events; the test is their server. */
export class FakeIngestionFeed implements Pick<IngestionFeed, 'follow'> {
  listener: IngestionListener | null = null;

  follow(_: string, listener: IngestionListener): () => void {
    this.listener = listener;
    return () => (this.listener = null);
  }
}

/** Takes files as the test says: by name, what became of each. */
export class FakeFileSender implements Pick<FileSender, 'send'> {
  readonly sent: { file: File; progress: (share: number) => void; answer: (result: UploadResult) => void; fail: (problem: Problem) => void; signal: AbortSignal }[] = [];

  send(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<UploadResult> {
    return new Promise((answer, fail) => this.sent.push({ file, progress, answer, fail, signal }));
  }

  accept(name: string): void {
    this.of(name).answer({ ok: true, fileName: name, uploadId: uuidOf(this.sent.length + 400), format: 'txt', contentType: 'text/plain', bytes: 5, sha256: 'a'.repeat(64) });
  }

  decline(name: string, reason: string): void {
    this.of(name).answer({ ok: false, fileName: name, code: 'unsupported_format', reason });
  }

  of(name: string) {
    return found(this.sent.findLast(({ file }) => file.name === name), 'upload_not_found');
  }
}

/** Files that were taken as cards and bundles: what each would become, or why it is refused. */
export class FakeExchangeApi implements Pick<ExchangeApi, keyof ExchangeApi> {
  previewed: PersonaImportPreview = buildImportPreview();
  ingestion: StartedIngestion | null = null;

  constructor(private readonly journal: Journal) {}

  async preview(file: File): Promise<PersonaImportPreview> {
    this.journal.note(`previewImport ${file.name}`);
    return this.previewed;
  }

  async import(file: File, options: { requestId: string; knowledge: boolean }): Promise<ImportedPersona> {
    this.journal.note(`import ${file.name}`, options);
    const { personaId, profile } = this.previewed;
    return { personaId, persona: buildPersona({ ...profile, personaId }), sources: [], ingestion: this.ingestion, notes: [] };
  }

  async export(personaId: string, as: string, { state, objects }: { state: string; objects: boolean }): Promise<Blob> {
    this.journal.note(`export ${personaId} ${state} ${as} ${objects}`);
    return new Blob(['card']);
  }
}

/** The console's whole server in memory. */
export class FakeConsole {
  private readonly journal = new Journal();
  readonly requests = this.journal.requests;
  readonly knowledge = new FakeKnowledgeApi(this.journal);
  readonly corpus = new FakeCorpusApi(this.journal);
  readonly exchange = new FakeExchangeApi(this.journal);
  readonly feed = new FakeIngestionFeed();
  readonly files = new FakeFileSender();
  readonly identity = new FakeIdentityApi();
  readonly accounts = new FakeAccountsApi(this.journal);
  readonly personas = new FakePersonasApi((route, asked) => this.journal.note(route, asked));
  readonly operator = new Operator();

  constructor() {
    this.operator.signIn('operator-token');
  }

  failWith(problem: Problem | null): void {
    this.journal.trouble = problem;
  }

  get providers(): Provider[] {
    return [
      { provide: ApiClient, useValue: { modes: async () => ({ items: [] }), formats: async () => ({ items: [] }), service: async () => ({ version: '0', languageModelConfigured: true, firstAccountIsAdmin: false, providers: [], temporalUiUrl: 'http://temporal.example', temporalNamespace: 'stage' }) } },
      { provide: KnowledgeApi, useValue: this.knowledge },
      { provide: CorpusApi, useValue: this.corpus },
      { provide: ExchangeApi, useValue: this.exchange },
      { provide: IngestionFeed, useValue: this.feed },
      { provide: FileSender, useValue: this.files },
      { provide: Operator, useValue: this.operator },
      { provide: AccountsApi, useValue: this.accounts },
      { provide: PersonasApi, useValue: this.personas },
      this.identity.provider,
    ];
  }
}

function page<T>(items: T[]): { items: T[]; total: number; limit: number; offset: number } {
  return { items, total: items.length, limit: 50, offset: 0 };
}

function found<T>(value: T | undefined, code: string): T {
  if (value === undefined) throw new Problem(code, 'There is no such thing.', 404);
  return value;
}
