import { createHostPacer } from './host-pacer.js';

describe('createHostPacer', () => {
  const flush = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('keeps the starts of one host apart, whichever way they go, and the hosts from each other', async () => {
    const pacer = createHostPacer({ minIntervalMs: 60, concurrency: 5 });
    const starts: number[] = [];
    const run = async () => {
      const release = await pacer.acquire('a.test');
      starts.push(performance.now());
      release();
    };
    await Promise.all([run(), run(), run(), ...Array.from({ length: 20 }, (_, i) => pacer.acquire(`host-${i}.test`))]);
    expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(59);
    expect(starts[2]! - starts[1]!).toBeGreaterThanOrEqual(59);
  });

  it('keeps the interval that a host asks for, when it is the longer one', async () => {
    const pacer = createHostPacer({ minIntervalMs: 1, concurrency: 5 });
    await pacer.acquire('a.test');
    const before = performance.now();
    await pacer.acquire('a.test', { minIntervalMs: 80 });
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
  });

  it('lets in only so many at once, in their order', async () => {
    const pacer = createHostPacer({ minIntervalMs: 0, concurrency: 2 });
    const order: number[] = [];
    const leases = [1, 2, 3, 4].map((n) =>
      pacer.acquire('a.test').then((release) => {
        order.push(n);
        return release;
      }),
    );
    await flush();
    expect(order).toEqual([1, 2]);
    const release = await leases[0]!;
    release();
    // Given back twice is given back once.
    release();
    await flush();
    expect(order).toEqual([1, 2, 3]);
    (await leases[2]!)();
    await leases[3];
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('forgets who stopped waiting, and goes on with the next', async () => {
    const pacer = createHostPacer({ minIntervalMs: 0, concurrency: 1 });
    const release = await pacer.acquire('a.test');
    const controller = new AbortController();
    const gone = pacer.acquire('a.test', { signal: controller.signal });
    const next = pacer.acquire('a.test');
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(gone).rejects.toBe(reason);
    await expect(pacer.acquire('a.test', { signal: controller.signal })).rejects.toBe(reason);
    release();
    await expect(next).resolves.toBeInstanceOf(Function);
  });

  it('waits when the host asks for a pause', async () => {
    const pacer = createHostPacer({ minIntervalMs: 0 });
    pacer.pause('a.test', 80);
    const before = performance.now();
    await pacer.acquire('a.test');
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
  });
});
