/** How a vendor writes requests, answers and errors. */
export interface EmbeddingFormat {
  readonly vendor: 'openai' | 'ollama';
  readonly path: string;
  /** Why the texts are not taken, or null. */
  refuses(texts: readonly unknown[], maxTokens: number): string | null;
  error(status: number, message: string, code?: string): unknown;
  answer(model: string, vectors: (number | null)[][], shuffled: boolean): unknown;
}

const openai: EmbeddingFormat = {
  vendor: 'openai',
  path: '/v1/embeddings',
  refuses(texts, maxTokens) {
    if (texts.length === 0) return "'$.input' is invalid: at least one text is required.";
    if (texts.some((text) => typeof text !== 'string' || text === '')) return "'$.input' is invalid: a text must not be empty.";
    const longest = Math.max(...texts.map((text) => (text as string).length / 4));
    return longest > maxTokens ? `This model's maximum context length is ${maxTokens} tokens, however you requested ${Math.ceil(longest)}.` : null;
  },
  error: (status, message, code) => ({ error: { message, type: status === 429 ? 'requests' : 'invalid_request_error', param: null, code: code ?? null } }),
  answer(model, vectors, shuffled) {
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    return { object: 'list', data: shuffled ? data.reverse() : data, model, usage: { prompt_tokens: 1, total_tokens: 1 } };
  },
};

const ollama: EmbeddingFormat = {
  vendor: 'ollama',
  path: '/api/embed',
  refuses: (texts) => (texts.some((text) => typeof text !== 'string') ? 'invalid input type' : null),
  error: (_status, message) => ({ error: message }),
  answer: (model, embeddings) => ({ model, embeddings, total_duration: 14_143_917, load_duration: 1_019_500, prompt_eval_count: 8 }),
};

export const embeddingFormats: readonly EmbeddingFormat[] = [openai, ollama];
