import { DomainError } from '@dramatis/contracts/errors';

/** Deepest nesting of objects and arrays in a body; the deepest contract has five. */
export const maxDepth = 32;

/**
 * Refuses parsed JSON that no schema should be shown: nested deeper than {@link maxDepth}, which would exhaust
 * the stack of whatever recurses over it, or with a key that reaches for prototypes. Iterative for the same reason.
 * @throws DomainError invalid_request
 */
export function refuseUnsafeShape(body: unknown): void {
  const pending: { value: unknown; depth: number; path: string }[] = [{ value: body, depth: 1, path: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth) throw refused(path, `must not be nested deeper than ${maxDepth} levels`);
    for (const key of Object.keys(value)) {
      const keyPath = path === '' ? key : `${path}/${key}`;
      if (key === '__proto__') throw refused(keyPath, 'is not an allowed key');
      pending.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1, path: keyPath });
    }
  }
}

function refused(path: string, message: string): DomainError {
  return new DomainError('invalid_request', 'The body is not valid; see issues.', {
    issues: [{ path: path.slice(0, 200), message }],
  });
}
