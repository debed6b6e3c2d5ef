import { createServer } from 'node:net';
import { findHolder, freePorts, isPortFree, listeningInodes, portInUse, requireFreePorts } from './ports.mjs';

describe('portInUse', () => {
  const redis = { port: 6379, use: 'Redis', variable: 'DRAMATIS_REDIS_PORT' };
  const product = { port: 3000, use: 'Dramatis itself', variable: 'DRAMATIS_PORT' };

  it('names the port, its holder and the ways out', () => {
    const error = portInUse([{ use: redis, holder: { pid: 812, command: 'redis-server *:6379' } }]);
    expect(error).toMatchObject({
      code: 'PORT_IN_USE',
      message: 'Port 6379, wanted for Redis, is held by process 812 (redis-server *:6379).',
      remedy: 'Stop it (kill 812), or choose other ports: DRAMATIS_REDIS_PORT=6389 npm start',
    });
  });

  it('names all taken ports at once, also where the holder cannot be known', () => {
    const error = portInUse([
      { use: product, holder: { pid: 812, command: 'node' } },
      { use: redis, holder: undefined },
    ]);
    expect(error.message.split('\n')).toEqual([
      'Port 3000, wanted for Dramatis itself, is held by process 812 (node).',
      'Port 6379, wanted for Redis, is held by another process, of another user.',
    ]);
    expect(error.remedy).toBe('Stop it (kill 812), or choose other ports: DRAMATIS_PORT=3010 DRAMATIS_REDIS_PORT=6389 npm start');
  });
});

describe('listeningInodes', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:18EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0',
    '   1: 0100007F:18EB 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0',
    '   2: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0',
  ].join('\n');

  it('finds who listens, not who is connected', () => {
    expect(listeningInodes(table, 6379)).toEqual(['4711']);
    expect(listeningInodes(table, 3000)).toEqual(['4713']);
    expect(listeningInodes(table, 80)).toEqual([]);
  });
});

describe('a port that is listened on', () => {
  /** @type {import('node:net').Server} */
  let server;
  let port = 0;
  beforeEach(async () => {
    server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    port = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('is not free, and its holder is found', async () => {
    expect(await isPortFree(port)).toBe(false);
    expect(findHolder(port)).toMatchObject({ pid: process.pid });
    const use = { port, use: 'a trial', variable: 'TRIAL_PORT' };
    await expect(requireFreePorts([use])).rejects.toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(`process ${process.pid}`) });
  });

  it('is not among the free ones', async () => {
    const free = await freePorts(3);
    expect(new Set(free).size).toBe(3);
    expect(free).not.toContain(port);
    await expect(requireFreePorts(free.map((one) => ({ port: one, use: 'a trial', variable: 'TRIAL_PORT' })))).resolves.toBeUndefined();
  });
});
