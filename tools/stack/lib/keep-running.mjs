import { StackError } from './stack-error.mjs';

const WINDOW_MS = 60_000;
const DEATHS_TO_GIVE_UP = 5;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Starts a process again whenever it ends by itself, after a wait that doubles with each death of the last minute.
 *
 * @param {import('./managed-process.mjs').ManagedProcess} process
 * @param {object} handlers
 * @param {(text: string) => void} handlers.tell each death and each return
 * @param {(error: StackError) => void} handlers.giveUp it died too often; DIES_REPEATEDLY with the tail of its log
 * @returns {() => void} ends the watch, so that the process can be stopped
 */
export function keepRunning(process, { tell, giveUp }) {
  /** @type {number[]} */
  let deaths = [];
  let watching = true;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** @param {string} how */
  const onDeath = (how) => {
    if (!watching) return;
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < WINDOW_MS), now];
    if (deaths.length >= DEATHS_TO_GIVE_UP) return giveUp(diesRepeatedly(process, deaths.length));
    const waitMs = backoffMs(deaths.length);
    tell(`${how}; starting it again in ${waitMs / 1000} s`);
    timer = setTimeout(restart, waitMs);
  };
  const restart = async () => {
    try {
      await process.start();
      tell(`runs again, as process ${process.pid}`);
    } catch (error) {
      const { code, message } = /** @type {StackError} */ (error);
      if (code !== 'INTERRUPTED') onDeath(message);
    }
  };
  const onExit = (/** @type {{ code: number | null, signal: string | null }} */ { code, signal }) =>
    onDeath(`ended unexpectedly with ${signal ?? `code ${code}`}`);

  process.on('exit', onExit);
  return () => {
    watching = false;
    clearTimeout(timer);
    process.off('exit', onExit);
  };
}

/** @param {number} deaths of the last minute, at least one */
export function backoffMs(deaths) {
  return Math.min(FIRST_BACKOFF_MS * 2 ** (deaths - 1), LONGEST_BACKOFF_MS);
}

/**
 * @param {import('./managed-process.mjs').ManagedProcess} process
 * @param {number} deaths
 */
function diesRepeatedly(process, deaths) {
  return new StackError('DIES_REPEATEDLY', `${process.name} ended ${deaths} times within a minute. The end of its log, ${process.logFile}:`, {
    detail: process.logTail(),
    remedy: 'Correct what its log complains of, then start again.',
  });
}
