import type { Request } from 'express';
import { isOnThisMachine } from './on-this-machine.js';

const ask = (remoteAddress: string | undefined, headers: Record<string, string>): boolean => isOnThisMachine({ socket: { remoteAddress }, headers } as unknown as Request);

describe('isOnThisMachine', () => {
  it.each([['127.0.0.1', 'localhost:3000'], ['::1', '[::1]:3000'], ['::ffff:127.0.0.1', '127.0.0.1']])('knows %p that asks %p', (address, host) => {
    expect(ask(address, { host })).toBe(true);
  });

  it.each([
    ['192.168.1.7', { host: 'localhost:3000' }],
    ['127.0.0.1', { host: 'rebound.example' }],
    ['127.0.0.1', { host: 'localhost.example' }],
    ['127.0.0.1', {}],
    ['127.0.0.1', { host: 'localhost', 'x-forwarded-for': '203.0.113.1' }],
    ['127.0.0.1', { host: 'localhost', forwarded: 'for=203.0.113.1' }],
    [undefined, { host: 'localhost' }],
  ])('does not take %p with %p for it', (address, headers) => {
    expect(ask(address, headers as Record<string, string>)).toBe(false);
  });
});
