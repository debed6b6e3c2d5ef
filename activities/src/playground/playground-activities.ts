import type { PlaygroundHit, PlaygroundResult, PlaygroundSearch } from '@dramatis/contracts/search-playground';

/** A hit without what the passage says, which is read where it is shown. */
export type ExplainedHit = Pick<PlaygroundHit, 'passageId' | 'lexical' | 'vector' | 'fused' | 'relevance' | 'promptRank' | 'cut'>;

export interface ExplainedSearch extends Omit<PlaygroundResult, 'hits'> {
  hits: ExplainedHit[];
}

/** What the search playground's workflow calls. */
export interface PlaygroundActivities {
  /** Searches as a turn would, and says what became of every candidate. */
  explainSearch(input: PlaygroundSearch & { version: number }): Promise<ExplainedSearch>;
}
