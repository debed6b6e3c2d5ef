import { DomainError } from '@dramatis/contracts/errors';
import type { NextFunction, Request, Response } from 'express';

const maxUrlCharacters = 2_048;

/** Refuses addresses that are too long or whose percent-encoding is broken, before anything decodes them. */
export function readableUrl(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.length > maxUrlCharacters) {
    return next(new DomainError('invalid_request.address_too_long', { characters: maxUrlCharacters }));
  }
  try {
    if (decodeURIComponent(request.path).includes('\0')) throw new URIError('null character');
  } catch (cause) {
    return next(new DomainError('invalid_request.address_encoding', {}, { cause }));
  }
  next();
}
