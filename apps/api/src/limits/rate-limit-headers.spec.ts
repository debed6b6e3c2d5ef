import { rateHeaders, turnHeaders } from './rate-limit-headers.js';

const turns = { name: 'turns', rate: { limit: 20, windowMs: 60_000 }, remaining: 19, resetMs: 2_100, retryAfterMs: 0 };
const admission = { refused: null, repeated: false, retryAfterMs: 0, tokensToday: 900, turnsRunning: 1, resetsInMs: 3_600_000, rates: [turns] };

describe('headers of limits', () => {
  it('name each rate, what is left and until when', () => {
    const address = { ...turns, name: 'turns-of-address', rate: { limit: 240, windowMs: 60_000 }, remaining: 0, resetMs: 60_000 };
    expect(rateHeaders([turns, address])).toEqual({
      RateLimit: '"turns";r=19;t=3, "turns-of-address";r=0;t=60',
      'RateLimit-Policy': '"turns";q=20;w=60, "turns-of-address";q=240;w=60',
    });
  });

  it('tell of turns at once and of tokens too', () => {
    expect(turnHeaders(admission, { turnsAMinute: 20, turnsAtOnce: 4, tokensADay: 1_000 })).toEqual({
      RateLimit: '"turns";r=19;t=3, "turns-at-once";r=3, "tokens-a-day";r=100;t=3600',
      'RateLimit-Policy': '"turns";q=20;w=60, "turns-at-once";q=4;qu="concurrent-requests", "tokens-a-day";q=1000;w=86400;qu="tokens"',
    });
  });

  it('are silent on what has no limit, and never below nothing', () => {
    expect(turnHeaders({ ...admission, rates: [] }, { turnsAMinute: null, turnsAtOnce: null, tokensADay: null })).toEqual({ RateLimit: '', 'RateLimit-Policy': '' });
    expect(turnHeaders({ ...admission, rates: [], tokensToday: 2_000 }, { turnsAMinute: null, turnsAtOnce: null, tokensADay: 1_000 }).RateLimit).toBe(
      '"tokens-a-day";r=0;t=3600',
    );
  });
});
