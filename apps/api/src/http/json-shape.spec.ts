import { DomainError } from '@dramatis/contracts/errors';
import { maxDepth, refuseUnsafeShape } from './json-shape.js';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('refuseUnsafeShape', () => {
  it('lets ordinary bodies and scalars pass', () => {
    for (const body of [undefined, null, 'x', 1, {}, { a: [{ b: { c: 1 } }], constructor: 'a word' }]) {
      expect(() => refuseUnsafeShape(body)).not.toThrow();
    }
  });

  it('counts depth exactly', () => {
    expect(() => refuseUnsafeShape(nested(maxDepth))).not.toThrow();
    expect(() => refuseUnsafeShape(nested(maxDepth + 1))).toThrow(DomainError);
  });

  it('survives nesting that would exhaust a stack', () => {
    expect(() => refuseUnsafeShape(nested(100_000))).toThrow(DomainError);
  });

  it('refuses keys that reach for the prototype, at any depth', () => {
    const body = JSON.parse('{"text":"x","extra":[{"__proto__":{"isAdmin":true}}]}') as unknown;
    const issues = [{ path: 'extra/0/__proto__', message: 'is not an allowed key', wording: { key: 'fields.key_not_allowed', params: {} } }];
    expect(() => refuseUnsafeShape(body)).toThrow(expect.objectContaining({ issues }) as Error);
  });
});
