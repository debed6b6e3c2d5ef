import { DomainError, type ProblemIssue } from '@dramatis/contracts/errors';
import { sentenceOfIssue } from '@dramatis/contracts/field-issue';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { inNormalForm } from './normal-form.js';

/** As many issues as a reader can use; a body of a thousand wrong entries gets no answer of megabytes. */
const maxIssues = 20;

/**
 * Parses what a route decorates with `@Body({ schema })`, `@Query({ schema })` or `@Param(name, { schema })`.
 * @throws DomainError invalid_request with the path of each issue
 */
@Injectable()
export class ZodValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata;
    if (!(schema instanceof z.ZodType)) return value;
    return parseOrThrow(schema, value, { where: metadata.type, root: metadata.data });
  }
}

interface Place {
  where: 'body' | 'query' | 'param' | 'header' | 'message' | 'custom';
  root?: string | undefined;
}

/** The value in normal form, as the schema makes it. @throws DomainError invalid_request; `where` and `root` name the place of the value in the message and in paths. */
export function parseOrThrow<T>(schema: z.ZodType<T>, value: unknown, place: Place): T {
  const result = schema.safeParse(inNormalForm(value));
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, maxIssues).map((issue): ProblemIssue => {
    const path = place.root === undefined ? issue.path : [place.root, ...issue.path];
    return { path: path.map((key) => String(key)).join('/'), ...sentenceOfIssue(issue) };
  });
  throw new DomainError(keyOf(place.where), {}, { issues });
}

function keyOf(where: Place['where']) {
  switch (where) {
    case 'body':
    case 'query':
    case 'header':
    case 'message':
      return `invalid_request.${where}` as const;
    case 'param':
      return 'invalid_request.path';
    case 'custom':
      return 'invalid_request';
  }
}
