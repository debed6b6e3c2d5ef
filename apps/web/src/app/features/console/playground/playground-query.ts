import type { PlaygroundHit, PlaygroundSearch } from '@dramatis/contracts/search-playground';

/** The search as it stands in the address. */
export interface PlaygroundAddress {
  q?: string;
  version?: string;
  entities?: string;
  topics?: string;
  source?: string;
  candidates?: string;
  topK?: string;
}

const sortKeys = ['fused', 'lexical', 'vector', 'prompt'] as const;
export type SortKey = (typeof sortKeys)[number];

export function sortKeyOf(word: string | undefined): SortKey {
  return sortKeys.find((key) => key === word) ?? 'fused';
}

/** What the API is asked for; null without words to search for. */
export function searchOf(personaId: string, { q, version, entities, topics, source, candidates, topK }: PlaygroundAddress): PlaygroundSearch | null {
  const query = q?.trim();
  if (!query) return null;
  const number = (word: string | undefined): number | undefined => (Number(word) > 0 ? Math.floor(Number(word)) : undefined);
  const list = (words: string | undefined): string[] | undefined => {
    const items = (words ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
    return items.length > 0 ? items : undefined;
  };
  const search: PlaygroundSearch = {
    personaId,
    query,
    version: number(version),
    entities: list(entities),
    topics: list(topics),
    sourceId: source || undefined,
    candidates: number(candidates),
    topK: number(topK),
  };
  // What is absent is not sent, so that the server does as a turn does.
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as PlaygroundSearch;
}

/** Hits by one of their ranks; those that it did not find come last, best fused first. */
export function sorted(hits: readonly PlaygroundHit[], by: SortKey): PlaygroundHit[] {
  const rank = (hit: PlaygroundHit): number => (by === 'fused' ? hit.fused.rank : by === 'prompt' ? hit.promptRank : hit[by]?.rank) ?? Number.MAX_SAFE_INTEGER;
  return [...hits].sort((a, b) => rank(a) - rank(b) || a.fused.rank - b.fused.rank);
}
