import { DomainError } from '@dramatis/contracts/errors';
import type { CutReason, PlaygroundSearch } from '@dramatis/contracts/search-playground';
import type { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import type { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import type { SearchScope } from '@dramatis/passage-index/build-hybrid-search';
import { explainSelection, rankHits } from '@dramatis/passage-index/rank-passages';
import { withFailures } from '../ingestion/ingestion-failure.js';
import type { EmbeddingSpaces } from '../retrieval/embedding-spaces.js';
import { candidates as turnCandidates, floorOf, groundingFloor, passageFloor } from '../retrieval/passage-retriever.js';
import { tokenBudget, topK as turnTopK } from '../retrieval/retrieve-passages.js';
import { searchQuery } from '../retrieval/search-query.js';
import type { PlaygroundActivities } from './playground-activities.js';

export interface PlaygroundDependencies {
  spaces: Pick<EmbeddingSpaces, 'of'>;
  profiles: CorpusProfileRepository;
  graphs: KnowledgeGraphRepository;
}

type Search = PlaygroundSearch & { version: number };

export function createPlaygroundActivities({ spaces, profiles, graphs }: PlaygroundDependencies): PlaygroundActivities {
  /** The part of the corpus that the search is narrowed to: passages that name all entities, in documents on all topics. */
  async function scopeOf({ personaId, version, sourceId, entities = [], topics = [] }: Search): Promise<SearchScope> {
    const named = await Promise.all(entities.map((name) => graphs.passagesNaming(personaId, version, name)));
    const about = await Promise.all(topics.map((label) => profiles.documentsOn(personaId, version, label)));
    if ((entities.length > 0 || topics.length > 0) && !(await profiles.find(personaId, version))) {
      throw new DomainError('corpus_not_profiled.search', { version });
    }
    return {
      ...(sourceId === undefined ? {} : { sourceId }),
      ...(named.length === 0 ? {} : { passageIds: inAll(named) }),
      ...(about.length === 0 ? {} : { documentIds: inAll(about) }),
    };
  }

  return {
    explainSearch: (search) =>
      withFailures(async () => {
        const { personaId, version, candidates = turnCandidates, topK = turnTopK } = search;
        const startedAt = performance.now();
        const query = searchQuery(search.query, []);
        const within = await scopeOf(search);
        const { embedder, passageIndex } = await spaces.of(personaId);
        const embeddingAt = performance.now();
        const [vector] = await embedder.embed([query]);
        const searchingAt = performance.now();
        const found = await passageIndex.search({ personaId, corpusVersion: version, query, vector: vector!, candidates, within });
        const rankingAt = performance.now();

        const ranked = rankHits(query, found);
        const grounded = Math.max(0, ...ranked.map(({ relevance }) => relevance)) >= floorOf(query);
        const relevant = ranked.filter(({ relevance }) => relevance >= passageFloor);
        const { selected, passedOver } = explainSelection(grounded ? relevant : [], { topK, tokenBudget });
        const promptRanks = new Map(selected.map(({ passageId }, place) => [passageId, place + 1]));
        const cutOf = (passageId: string, relevance: number): CutReason | null => {
          if (promptRanks.has(passageId)) return null;
          if (!grounded) return 'no_match';
          return relevance < passageFloor ? 'below_floor' : (passedOver.get(passageId) ?? null);
        };
        const similarities = new Map(found.byVector.map(({ passage, similarity }) => [passage.passageId, similarity]));
        const wordScores = new Map(found.byWords.map(({ passage, relevance }) => [passage.passageId, relevance]));
        const hits = ranked.map(({ passageId, score, lexicalRank, vectorRank, relevance }, place) => ({
          passageId,
          lexical: lexicalRank === null ? null : { rank: lexicalRank, score: wordScores.get(passageId)! },
          vector: vectorRank === null ? null : { rank: vectorRank, score: similarities.get(passageId)! },
          fused: { rank: place + 1, score },
          relevance,
          promptRank: promptRanks.get(passageId) ?? null,
          cut: cutOf(passageId, relevance),
        }));
        const endedAt = performance.now();
        return {
          personaId,
          version,
          query,
          embedder: embedder.id,
          grounded: selected.length > 0,
          settings: { candidates, topK, tokenBudget, groundingFloor, passageFloor },
          hits,
          timings: {
            embedMs: searchingAt - embeddingAt,
            searchMs: rankingAt - searchingAt,
            indexMs: found.tookMs,
            rankMs: endedAt - rankingAt,
            totalMs: endedAt - startedAt,
          },
        };
      }),
  };
}

/** Ids that are in every list; a name that is not known has none. */
function inAll(lists: readonly (readonly string[] | null)[]): string[] {
  const [first, ...rest] = lists.map((list) => new Set(list ?? []));
  return [...(first ?? [])].filter((id) => rest.every((other) => other.has(id)));
}
