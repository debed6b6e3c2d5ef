import { Injectable, inject } from '@angular/core';
import type { AuditPage, AuditQuery } from '@dramatis/contracts/audit';
import type { Conversation, ConversationPage } from '@dramatis/contracts/conversation';
import type { CorpusProfile } from '@dramatis/contracts/corpus-profile';
import type {
  CorpusComparison,
  CorpusVersion,
  CorpusVersionPage,
  CorpusVersionQuery,
  CorpusWork,
  DocumentChangeKind,
  DocumentDiff,
  MoveCorpus,
  UpdateCorpusVersion,
} from '@dramatis/contracts/corpus-version';
import type { CorpusEmbedder, EmbedderList, EmbedderSwitch } from '@dramatis/contracts/embedder';
import type { GraphPaths, GraphQuery, KnowledgeGraph, Neighbourhood, PathQuery } from '@dramatis/contracts/knowledge-graph';
import type { Lineage, Reproduction } from '@dramatis/contracts/lineage';
import type { PlaygroundResult, PlaygroundSearch } from '@dramatis/contracts/search-playground';
import { AdminHttp, path } from './admin-http';

/** What a persona's corpus was and is: versions, lineage, graph, search; and who did what. */
@Injectable({ providedIn: 'root' })
export class CorpusApi {
  private readonly http = inject(AdminHttp);

  versions(personaId: string, query: Partial<CorpusVersionQuery>, signal?: AbortSignal): Promise<CorpusVersionPage> {
    return this.http.get(path`/api/admin/corpora/${personaId}/versions`, query, signal);
  }

  annotate(personaId: string, version: number, body: UpdateCorpusVersion): Promise<CorpusVersion> {
    return this.http.patch(path`/api/admin/corpora/${personaId}/versions/${version}`, body);
  }

  publish(personaId: string, body: MoveCorpus): Promise<unknown> {
    return this.http.post(path`/api/admin/corpora/${personaId}/publish`, body);
  }

  rollBack(personaId: string, body: MoveCorpus): Promise<unknown> {
    return this.http.post(path`/api/admin/corpora/${personaId}/rollback`, body);
  }

  compare(personaId: string, query: { from: number; to: number; kind?: DocumentChangeKind; limit: number; offset: number }, signal?: AbortSignal): Promise<CorpusComparison> {
    return this.http.get(path`/api/admin/corpora/${personaId}/compare`, query, signal);
  }

  documentDiff(personaId: string, documentId: string, query: { from: number; to: number }, signal?: AbortSignal): Promise<DocumentDiff> {
    return this.http.get(path`/api/admin/corpora/${personaId}/compare/${documentId}`, query, signal);
  }

  reproduce(personaId: string, version: number): Promise<Reproduction> {
    return this.http.post(path`/api/admin/corpora/${personaId}/reproduce`, { version });
  }

  reproduction(personaId: string, reproductionId: string, signal?: AbortSignal): Promise<Reproduction> {
    return this.http.get(path`/api/admin/corpora/${personaId}/reproductions/${reproductionId}`, {}, signal);
  }

  profile(personaId: string, version: number, signal?: AbortSignal): Promise<CorpusProfile> {
    return this.http.get(path`/api/admin/corpora/${personaId}/versions/${version}/profile`, {}, signal);
  }

  /** Has a version's profile and graph computed. */
  computeProfile(personaId: string, version: number): Promise<CorpusWork> {
    return this.http.post(path`/api/admin/corpora/${personaId}/versions/${version}/profile`);
  }

  embedders(signal?: AbortSignal): Promise<EmbedderList> {
    return this.http.get('/api/admin/embedders', {}, signal);
  }

  embedder(personaId: string, signal?: AbortSignal): Promise<CorpusEmbedder> {
    return this.http.get(path`/api/admin/corpora/${personaId}/embedder`, {}, signal);
  }

  switchEmbedder(personaId: string, embedder: string): Promise<EmbedderSwitch> {
    return this.http.post(path`/api/admin/corpora/${personaId}/embedder`, { embedder });
  }

  cancelSwitch(personaId: string): Promise<EmbedderSwitch> {
    return this.http.post(path`/api/admin/corpora/${personaId}/embedder/cancel`);
  }

  graph(personaId: string, query: Partial<GraphQuery>, signal?: AbortSignal): Promise<KnowledgeGraph> {
    return this.http.get(path`/api/admin/graph/${personaId}`, query, signal);
  }

  neighbours(personaId: string, entityId: string, query: { version?: number; limit?: number }, signal?: AbortSignal): Promise<Neighbourhood> {
    return this.http.get(path`/api/admin/graph/${personaId}/entities/${entityId}/neighbours`, query, signal);
  }

  paths(personaId: string, query: Partial<PathQuery> & Pick<PathQuery, 'from' | 'to'>, signal?: AbortSignal): Promise<GraphPaths> {
    return this.http.get(path`/api/admin/graph/${personaId}/paths`, query, signal);
  }

  /** One's own conversations with the persona, in this browser, the one last used first. */
  conversations(personaId: string, signal?: AbortSignal): Promise<ConversationPage> {
    return this.http.get('/api/conversations', { personaId, limit: 100 }, signal);
  }

  /** Pins a conversation to a version, or with null lets it follow what is published. */
  pin(conversationId: string, corpusVersion: number | null): Promise<Conversation> {
    return this.http.patch(path`/api/conversations/${conversationId}`, { corpusVersion });
  }

  lineage(passageId: string, signal?: AbortSignal): Promise<Lineage> {
    return this.http.get(path`/api/admin/passages/${passageId}/lineage`, {}, signal);
  }

  search(body: PlaygroundSearch, signal?: AbortSignal): Promise<PlaygroundResult> {
    return this.http.post('/api/admin/search', body, signal);
  }

  audit(query: Partial<AuditQuery>, signal?: AbortSignal): Promise<AuditPage> {
    return this.http.get('/api/admin/audit', query, signal);
  }
}
