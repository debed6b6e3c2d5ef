import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2030-05-01T12:00:00Z');
const read = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

describe('retryAfterMs', () => {
  it('reads whole and broken seconds', () => {
    expect(read({ 'retry-after': '7' })).toBe(7_000);
    expect(read({ 'retry-after': '0.25' })).toBe(250);
    expect(read({ 'retry-after': '0' })).toBe(0);
  });

  it('reads an HTTP date, and takes one in the past as no wait', () => {
    expect(read({ 'retry-after': 'Wed, 01 May 2030 12:00:30 GMT' })).toBe(30_000);
    expect(read({ 'retry-after': 'Wed, 01 May 2030 11:59:00 GMT' })).toBe(0);
  });

  it('prefers milliseconds', () => {
    expect(read({ 'retry-after-ms': '1500', 'retry-after': '60' })).toBe(1_500);
  });

  it.each<Record<string, string>>([{}, { 'retry-after': '' }, { 'retry-after': 'soon' }, { 'retry-after-ms': 'NaN' }])(
    'gives nothing for %j',
    (headers) => {
      expect(read(headers)).toBeUndefined();
    },
  );

  it('gives nothing without headers', () => {
    expect(retryAfterMs(undefined)).toBeUndefined();
  });
});
