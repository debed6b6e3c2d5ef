import { type ErrorCode, errorStatus, problemDocument } from '@dramatis/contracts/errors';
import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';

/** Documents the problems that a route can answer with, grouped by status. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const all: ErrorCode[] = ['invalid_request', ...codes];
  const statuses = [...new Set(all.map((code) => errorStatus[code]))];
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        standardSchema: problemDocument,
        description: `Problem with code ${all.filter((code) => errorStatus[code] === status).join(' or ')}.`,
      }),
    ),
  );
}

/** Documents that a route is for operators. */
export function ApiOperator(): MethodDecorator & ClassDecorator {
  return applyDecorators(ApiBearerAuth('operator'), ApiProblems('unauthenticated'));
}
