import { once } from 'node:events';
import { join } from 'node:path';
import { keepRunning } from './keep-running.mjs';
import { ManagedProcess } from './managed-process.mjs';
import { temporaryFolder } from './temporary-folder.fixture.mjs';

const SLEEP = 'echo ready; exec sleep 600';
const STUBBORN = 'trap "" TERM; echo ready; while :; do sleep 1; done';

describe('ManagedProcess', () => {
  const folder = temporaryFolder();
  /** @type {ManagedProcess[]} */
  let made = [];
  /** @param {string} script @param {{ stopGraceMs?: number }} [options] */
  const shell = (script, { stopGraceMs = 5_000 } = {}) => {
    /** @type {ManagedProcess} */
    const one = new ManagedProcess({
      name: 'Trial',
      command: () => ({ file: '/bin/sh', args: ['-c', script] }),
      logFile: join(folder(), 'logs', 'trial.log'),
      isReady: async () => one.logTail().includes('ready'),
      readyTimeoutMs: 5_000,
      stopGraceMs,
    });
    made.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of made) await one.kill();
    made = [];
  });

  it('runs from start to stop, again and again', async () => {
    const one = shell(SLEEP);
    await one.start();
    const first = one.pid;
    expect(first).toBeGreaterThan(0);
    await one.stop();
    expect(one.pid).toBeUndefined();
    await one.start();
    expect(one.pid).toBeGreaterThan(0);
    expect(one.pid).not.toBe(first);
  });

  it('refuses a second start', async () => {
    const one = shell(SLEEP);
    await one.start();
    await expect(one.start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
  });

  it('kills what does not end when asked', async () => {
    const one = shell(STUBBORN, { stopGraceMs: 50 });
    await one.start();
    await one.stop();
    expect(one.pid).toBeUndefined();
  });

  it('tells the end of the log when the start fails', async () => {
    const one = shell('echo "cannot bind"; exit 3');
    await expect(one.start()).rejects.toMatchObject({ code: 'START_FAILED', message: expect.stringContaining('code 3'), detail: 'cannot bind' });
  });

  it('explains a program that is not there', async () => {
    const one = new ManagedProcess({
      name: 'Trial',
      command: () => ({ file: join(folder(), 'missing'), args: [] }),
      logFile: join(folder(), 'trial.log'),
      isReady: async () => false,
      readyTimeoutMs: 5_000,
      stopGraceMs: 100,
    });
    await expect(one.start()).rejects.toMatchObject({ code: 'START_FAILED', message: expect.stringContaining('ENOENT') });
  });

  it('stops waiting when it is interrupted', async () => {
    const one = shell('exec sleep 600');
    const controller = new AbortController();
    const started = one.start({ signal: controller.signal });
    controller.abort();
    await expect(started).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(one.pid).toBeUndefined();
  });

  it('tells of an end that was not asked for, and of no other', async () => {
    const one = shell(SLEEP);
    /** @type {unknown[]} */
    const ends = [];
    one.on('exit', (end) => ends.push(end));
    await one.start();
    await one.stop();
    expect(ends).toEqual([]);
    await one.start();
    process.kill(/** @type {number} */ (one.pid), 'SIGKILL');
    await once(one, 'exit');
    expect(ends).toEqual([{ code: null, signal: 'SIGKILL' }]);
  });

  it('is kept running after a crash, until the watch ends', async () => {
    const one = shell(SLEEP);
    await one.start();
    const first = one.pid;
    /** @type {string[]} */
    const told = [];
    const back = new Promise((resolve) => {
      const release = keepRunning(one, {
        tell: (text) => {
          told.push(text);
          if (text.startsWith('runs again')) resolve(release);
        },
        giveUp: resolve,
      });
    });
    process.kill(/** @type {number} */ (first), 'SIGKILL');
    const release = /** @type {() => void} */ (await back);
    expect(told).toEqual(['ended unexpectedly with SIGKILL; starting it again in 0.2 s', `runs again, as process ${one.pid}`]);
    release();
    process.kill(/** @type {number} */ (one.pid), 'SIGKILL');
    await once(one, 'exit');
    expect(one.pid).toBeUndefined();
  });

  it('is given up when it dies too often, with the end of its log', async () => {
    const one = shell('echo ready; echo "out of luck"; exit 1');
    const error = await new Promise((resolve) => {
      keepRunning(one, { tell: () => undefined, giveUp: resolve });
      one.emit('exit', { code: 1, signal: null });
    });
    expect(error).toMatchObject({ code: 'DIES_REPEATEDLY', message: expect.stringContaining('Trial ended 5 times'), detail: expect.stringContaining('out of luck') });
  });
});
