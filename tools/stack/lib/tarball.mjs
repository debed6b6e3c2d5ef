import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { download, publishedChecksum } from './download.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Downloads a vendor's .tar.gz, checks it and unpacks it.
 *
 * @param {object} archive
 * @param {string} archive.url
 * @param {'sha256' | 'sha512'} archive.algorithm
 * @param {string} [archive.pinned] the digest, where it is known
 * @param {string} [archive.checksumUrl] where the vendor publishes it, used when none is pinned
 * @param {number} archive.strip how many leading folders to drop
 * @param {readonly string[]} [archive.only] the members to unpack, as named inside the archive
 * @param {string} directory
 * @param {import('./routes.mjs').RouteContext} context
 */
export async function downloadAndUnpack({ url, algorithm, pinned, checksumUrl, strip, only = [] }, directory, { signal, report }) {
  const name = /** @type {string} */ (url.split('/').pop());
  const expected = pinned ?? (await publishedChecksum(/** @type {string} */ (checksumUrl), name, signal));
  const file = join(directory, name);
  await download(url, file, {
    algorithm,
    expected,
    signal,
    onProgress: (done, total) => report(`downloading ${name}, ${megabytes(done)}${total === undefined ? '' : ` of ${megabytes(total)}`}`),
  });
  report(`unpacking ${name}`);
  await runCommand('tar', ['-xzf', file, '-C', directory, `--strip-components=${strip}`, ...only], { signal });
  await rm(file);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
