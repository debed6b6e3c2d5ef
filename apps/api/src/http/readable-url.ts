import { DomainError } from '@dramatis/contracts/errors';
import type { NextFunction, Request, Response } from 'express';

const maxUrlCharacters = 2_048;

/** Refuses addresses that are too long or whose percent-encoding is broken, before anything decodes them. */
export function readableUrl(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.length > maxUrlCharacters) {
    return next(new DomainError('invalid_request', `An address may have at most ${maxUrlCharacters} characters.`));
  }
  try {
    if (decodeURIComponent(request.path).includes('\0')) throw new URIError('null character');
  } catch (cause) {
    return next(new DomainError('invalid_request', 'The percent-encoding of the address is broken.', { cause }));
  }
  next();
}
