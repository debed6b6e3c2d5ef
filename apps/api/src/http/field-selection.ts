import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';
import { applyDecorators, type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';

type Page = z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>;

const Selectable = Reflector.createDecorator<readonly string[]>();

/** Lets readers of a list choose what they get of each entry: `?fields=name,status`. */
export function SelectableFields(page: Page): MethodDecorator {
  const fields = Object.keys(page.shape.items.element.shape);
  return applyDecorators(
    Selectable(fields),
    ApiQuery({
      name: 'fields',
      required: false,
      description: `What to send of each entry, separated by commas; absent: everything. Of ${fields.join(', ')}.`,
      schema: { type: 'string' },
    }),
  );
}

@Injectable()
export class FieldSelectionInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const selectable = this.reflector.get(Selectable, context.getHandler());
    const request = context.switchToHttp().getRequest<Request>();
    if (selectable === undefined || request.query['fields'] === undefined) return next.handle();
    const { fields, ...others } = request.query;
    const chosen = parseFields(fields, selectable);
    // The list's own schema takes only what it knows.
    Object.defineProperty(request, 'query', { value: others, configurable: true });
    return next.handle().pipe(map((page: { items: Record<string, unknown>[] }) => ({ ...page, items: page.items.map((item) => pick(item, chosen)) })));
  }
}

/** @throws DomainError invalid_request naming the first field that entries do not have */
export function parseFields(given: unknown, selectable: readonly string[]): string[] {
  const fields = typeof given === 'string' ? given.split(',').map((field) => field.trim()).filter((field) => field !== '') : [];
  const unknown = fields.find((field) => !selectable.includes(field));
  if (fields.length > 0 && unknown === undefined) return fields;
  const sentence = unknown === undefined ? fieldSentence('no_fields') : fieldSentence('unknown_field', { field: unknown.slice(0, 60), fields: selectable.join(', ') });
  throw new DomainError('invalid_request.query', {}, { issues: [{ path: 'fields', ...sentence }] });
}

function pick(item: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.flatMap((field) => (Object.hasOwn(item, field) ? [[field, item[field]]] : [])));
}
