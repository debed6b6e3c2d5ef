import { DomainError } from '@dramatis/contracts/errors';
import { startTurn } from '@dramatis/contracts/turn';
import { z } from 'zod';
import { parseOrThrow, ZodValidationPipe } from './zod-validation.pipe.js';

const pipe = new ZodValidationPipe();

function issuesOf(action: () => unknown): DomainError['issues'] {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid_request') return error.issues;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('ZodValidationPipe', () => {
  it('gives back what the schema makes of the value', () => {
    const schema = z.strictObject({ limit: z.coerce.number().default(24) });
    expect(pipe.transform({}, { type: 'query', schema })).toEqual({ limit: 24 });
  });

  it('leaves undecorated values alone', () => {
    expect(pipe.transform('x', { type: 'custom' })).toBe('x');
  });

  it('names the parameter in the path', () => {
    const schema = z.uuid('must be a UUID');
    expect(issuesOf(() => pipe.transform('7', { type: 'param', data: 'turnId', schema }))).toEqual([
      { path: 'turnId', message: 'must be a UUID', wording: { key: 'fields.uuid', params: {} } },
    ]);
  });

  it.each([
    ['an absent body', undefined],
    ['null', null],
    ['an array', []],
    ['an operator in place of a string', { requestId: '7f1c6a5e-5a8d-4b0f-9d0d-1f2e3a4b5c6d', text: { $ne: '' } }],
    ['an operator as a key', { requestId: '7f1c6a5e-5a8d-4b0f-9d0d-1f2e3a4b5c6d', text: 'x', $where: 'sleep(1)' }],
    ['a blank text', { requestId: '7f1c6a5e-5a8d-4b0f-9d0d-1f2e3a4b5c6d', text: '   ' }],
  ])('refuses %s as a body', (_, body) => {
    expect(issuesOf(() => pipe.transform(body, { type: 'body', schema: startTurn }))).not.toHaveLength(0);
  });

  it('lists no more than twenty issues', () => {
    const issues = issuesOf(() => parseOrThrow(z.array(z.string()), Array.from({ length: 500 }, () => 1), { where: 'body' }));
    expect(issues).toHaveLength(20);
    expect(issues?.[19]?.path).toBe('19');
  });
});
