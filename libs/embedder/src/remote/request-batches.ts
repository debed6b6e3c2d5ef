import { estimateTokens } from '@dramatis/text/tokens';

export interface RequestLimits {
  maxTexts: number;
  /** Of all texts of a request together, as our own estimate counts them. */
  maxTokens: number;
}

/** Cuts texts, in their order, into runs that each fit into one request. A text over the token limit goes alone. */
export function requestBatches(texts: readonly string[], { maxTexts, maxTokens }: RequestLimits): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let tokens = 0;
  for (const text of texts) {
    const own = estimateTokens(text);
    if (batch.length > 0 && (batch.length === maxTexts || tokens + own > maxTokens)) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(text);
    tokens += own;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
