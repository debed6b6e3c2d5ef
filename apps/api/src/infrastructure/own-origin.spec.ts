import { ownOrigin } from './own-origin.js';

describe('ownOrigin', () => {
  it('is the first of those that are configured', () => {
    expect(ownOrigin({ publicOrigins: ['https://a.example', 'https://b.example'], tls: null, port: 3000 })).toBe('https://a.example');
  });

  it('is this machine otherwise, over TLS where that is spoken', () => {
    expect(ownOrigin({ publicOrigins: [], tls: null, port: 3000 })).toBe('http://localhost:3000');
    expect(ownOrigin({ publicOrigins: [], tls: { certFile: 'c', keyFile: 'k' }, port: 3000 })).toBe('https://localhost:3000');
  });
});
