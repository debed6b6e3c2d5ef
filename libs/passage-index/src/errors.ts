import { errors } from '@elastic/elasticsearch';
import { DomainError } from '@dramatis/contracts/errors';

/** The index holds vectors of another embedder: neither may new ones be added nor may it be asked with a new one's. */
export class EmbedderMismatchError extends Error {
  override readonly name = 'EmbedderMismatchError';
  readonly code = 'embedder_mismatch';

  constructor(
    readonly alias: string,
    readonly indexed: string,
    readonly given: string,
  ) {
    super(`The index ${alias} was made with the embedder ${indexed} and refuses vectors of ${given}; embed the corpora again first.`);
  }
}

/**
 * Turns an error of the client into `search_unavailable` where waiting can help. The client's errors carry the whole request,
 * with what the user asked, which belongs in no log: only name and message go on.
 */
export function toSearchError(error: unknown): unknown {
  if (!(error instanceof errors.ElasticsearchClientError)) return error;
  const cause = new Error(`${error.name}: ${error.message}`);
  if (isUnavailable(error)) return new DomainError('search_unavailable.because', { reason: error.message }, { cause });
  return cause;
}

/** The server's own name for what went wrong. */
export function errorTypeOf(error: unknown): string | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined;
  return (error.body as { error?: { type?: string } } | undefined)?.error?.type;
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    return status === 429 || status >= 500 || errorTypeOf(error) === 'index_not_found_exception';
  }
  return (
    error instanceof errors.ConnectionError || error instanceof errors.TimeoutError || error instanceof errors.NoLivingConnectionsError
  );
}
