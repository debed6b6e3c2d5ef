import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';

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
    if (depth > maxDepth) throw refused(path, fieldSentence('nested_too_deep', { levels: maxDepth }));
    for (const key of Object.keys(value)) {
      const keyPath = path === '' ? key : `${path}/${key}`;
      if (key === '__proto__') throw refused(keyPath, fieldSentence('key_not_allowed'));
      pending.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1, path: keyPath });
    }
  }
}

function refused(path: string, sentence: ReturnType<typeof fieldSentence>): DomainError {
  return new DomainError('invalid_request.body', {}, {
    issues: [{ path: path.slice(0, 200), ...sentence }],
  });
}
