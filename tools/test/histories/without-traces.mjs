const PATH_OF_PROCESS = /"(?:stackTrace|identity|binaryChecksum)":/;

/**
 * The history without what only tells of the machine that it was recorded on, which replaying does not look at.
 *
 * @param {{ events: Record<string, any>[] }} history
 * @param {string} root a path that must not be in it any more
 * @returns {{ events: Record<string, any>[] }}
 * @throws Error when it still is
 */
export function withoutTraces(history, root) {
  const cleaned = JSON.parse(JSON.stringify(history), (key, value) => (PATH_OF_PROCESS.test(`"${key}":`) ? '' : value));
  const decoded = JSON.stringify(cleaned, (key, value) => (key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value));
  if (decoded.includes(root)) throw new Error(`the history tells of ${root}`);
  return cleaned;
}
