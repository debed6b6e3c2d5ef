import { readBulkItems } from './bulk-retry.js';

const item = (_id: string, status: number, reason?: string) => ({
  index: { _id, _index: 'passages', status, ...(reason ? { error: { type: 'some_exception', reason } } : {}) },
});

describe('readBulkItems', () => {
  it('tells what is done, what may be tried again, and what was refused', () => {
    const outcome = readBulkItems([item('a', 201), item('b', 200), item('c', 429, 'queue full'), item('d', 503), item('e', 400, 'bad vector')]);
    expect(outcome).toEqual({ retryable: ['c', 'd'], failures: [{ passageId: 'e', status: 400, reason: 'bad vector' }] });
  });

  it('counts an expected status as done', () => {
    expect(readBulkItems([item('a', 404)], [404])).toEqual({ retryable: [], failures: [] });
    expect(readBulkItems([item('a', 404)]).failures).toEqual([{ passageId: 'a', status: 404, reason: 'unknown' }]);
  });
});
