import { DomainError, problemFor, problemWording, toProblem, type ErrorCode, type ProblemDocument } from '@dramatis/contracts/errors';
import { isDatabaseUnavailable } from '@dramatis/database/connection';
import { ObjectStoreError } from '@dramatis/object-store/port';
import { HttpException } from '@nestjs/common';

const codeOfStatus: Partial<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

/**
 * The problem document for any error that a route or socket event can end with. Errors that were not raised on
 * purpose become `internal`, without a word of what they said.
 */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof DomainError) {
    return toProblem(error.code, error.message, {
      wording: error.wording,
      ...(error.issues && { issues: error.issues }),
      ...(error.turnId !== undefined && { turnId: error.turnId }),
      ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
    });
  }
  if (error instanceof HttpException) {
    const code = codeOfStatus[error.getStatus()];
    if (code === 'not_found') return problemFor(code);
    if (code !== undefined) return toProblem(code, error.message, { wording: problemWording(code) });
  }
  if (isDatabaseUnavailable(error)) {
    return problemFor('database_unavailable');
  }
  if (isBrokerUnavailable(error)) {
    return problemFor('broker_unavailable');
  }
  if (isSearchUnavailable(error)) {
    return problemFor('search_unavailable');
  }
  if (error instanceof ObjectStoreError && (error.code === 'unavailable' || error.code === 'refused')) {
    return problemFor('storage_unavailable');
  }
  return problemFor('internal');
}

/** Whether a Redis command failed because the server was out of reach. */
export function isBrokerUnavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'MaxRetriesPerRequestError' ||
      /^(Connection is closed|Command timed out|Stream isn't writeable|Connection is in subscriber mode)/.test(error.message) ||
      /^(LOADING|MASTERDOWN|READONLY) /.test(error.message))
  );
}

function isSearchUnavailable(error: unknown): boolean {
  return error instanceof Error && /^(ConnectionError|TimeoutError|NoLivingConnectionsError)$/.test(error.name);
}
