import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const POLL_MS = 500;
const WARN_LEVEL = 40;
const LINES_PER_POLL = 3;
const MAX_READ_BYTES = 1024 * 1024;

/**
 * Follows a log of JSON lines as pino writes them, and shows its warnings and errors shortly. Many at once are counted, not
 * shown.
 *
 * @param {string} file need not exist yet
 * @param {(text: string) => void} show
 * @returns {() => void} ends it
 */
export function watchLog(file, show) {
  let offset = sizeOf(file);
  let rest = '';
  const timer = setInterval(() => {
    const { text, end } = readFrom(file, offset);
    offset = end;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    const notable = lines.map(summariseLogLine).filter((summary) => summary !== undefined);
    for (const summary of notable.slice(0, LINES_PER_POLL)) show(summary);
    if (notable.length > LINES_PER_POLL) show(`and ${notable.length - LINES_PER_POLL} more, see ${file}`);
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * A warning's or error's text on one line, undefined for anything else.
 * @param {string} line
 * @returns {string | undefined}
 */
export function summariseLogLine(line) {
  /** @type {any} */
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry?.level !== 'number' || entry.level < WARN_LEVEL) return undefined;
  const cause = entry.err?.message;
  const text = [entry.msg, cause === entry.msg ? undefined : cause].filter(Boolean).join(': ');
  return text.replaceAll(/\s+/g, ' ').slice(0, 200) || undefined;
}

/**
 * @param {string} file
 * @param {number} offset
 */
function readFrom(file, offset) {
  let descriptor;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return { text: '', end: 0 };
  }
  try {
    const { size } = fstatSync(descriptor);
    // A shorter file is a new one: the log was rotated.
    const start = size < offset ? 0 : Math.max(offset, size - MAX_READ_BYTES);
    const buffer = Buffer.alloc(size - start);
    const read = readSync(descriptor, buffer, 0, buffer.length, start);
    return { text: buffer.toString('utf8', 0, read), end: start + read };
  } finally {
    closeSync(descriptor);
  }
}

/** @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
