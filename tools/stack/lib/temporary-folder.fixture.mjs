import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTree } from './artifact-cache.mjs';

/**
 * A new folder for each test of the suite that calls this, removed after it.
 * @returns {() => string}
 */
export function temporaryFolder() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dramatis-stack-'));
  });
  afterEach(() => removeTree(folder));
  return () => folder;
}
