import { DomainError } from '@dramatis/contracts/errors';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { mayCurate, nobody, type RequestWithAccess } from '../access/access.js';
import { refuseUnsafeShape } from './json-shape.js';

const kilobyte = 1024;
const defaultMaxBytes = 256 * kilobyte;
/** Where files are sent. */
const takesFiles: ReadonlySet<string> = new Set(['/api/admin/uploads', '/api/admin/avatars', '/api/personas/import']);
const sourceMaxBytes = 25 * kilobyte * kilobyte;

/**
 * Reads JSON bodies into `request.body`; absent bodies stay undefined. Any other content type is refused, which also keeps
 * forms of other sites from writing. Only curators, who upload whole documents, may send more than 256 kB.
 */
export function jsonBody(): RequestHandler {
  const parseDefault = express.json({ limit: defaultMaxBytes, type: () => true });
  const parseSource = express.json({ limit: sourceMaxBytes, type: () => true });
  return (request: RequestWithAccess, response: Response, next: NextFunction) => {
    if (!hasBody(request)) return next();
    if (request.method === 'GET' || request.method === 'HEAD') {
      return next(new DomainError('invalid_request.no_body', { method: request.method }));
    }
    // Read file by file where it is taken, never as a whole. Who is no curator learns that there, and nothing of it is read.
    if (takesFiles.has(request.path) && isMultipart(request)) return next();
    const isCurator = mayCurate(request.access ?? nobody);
    if (!isJson(request)) {
      return next(new DomainError('unsupported_media_type.json'));
    }
    const large = isOfSources(request.path) && isCurator;
    const parse = large ? parseSource : parseDefault;
    parse(request, response, (error?: unknown) => {
      if (error !== undefined) return next(bodyError(error, large ? sourceMaxBytes : defaultMaxBytes));
      try {
        refuseUnsafeShape(request.body);
      } catch (refusal) {
        return next(refusal);
      }
      next();
    });
  };
}

function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Where whole documents are sent: to make a source of texts, or to change one. */
function isOfSources(path: string): boolean {
  return /^\/api\/admin\/sources(?:\/[0-9a-f-]{36})?$/.test(path);
}

function isMultipart(request: Request): boolean {
  return /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '');
}

/** JSON is UTF-8 (RFC 8259); other encodings would only serve to slip something past a filter. */
function isJson(request: Request): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers['content-type'] ?? '');
}

/** What body-parser's errors mean, by their `type`. */
function bodyError(error: unknown, maxBytes: number): unknown {
  const { type, status } = error as { type?: string; status?: number };
  const options = { cause: error };
  switch (type) {
    case 'entity.parse.failed':
      return new DomainError('malformed_json', {}, options);
    case 'entity.too.large':
      return new DomainError('payload_too_large.body', { kilobytes: maxBytes / kilobyte }, options);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new DomainError('unsupported_media_type.utf8', {}, options);
    default:
      if (status !== undefined && status >= 500) return error;
      return new DomainError('invalid_request.body_not_read', {}, options);
  }
}
