import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Product } from './product.js';

const run = promisify(execFile);

/** Puts in the personas that every installation begins with, as its launcher does. @throws Error with what the seed said */
export async function seedPersonas(product: Product): Promise<void> {
  const file = fileURLToPath(new URL('../../../../apps/worker/dist/seed.js', import.meta.url));
  await run(process.execPath, ['--enable-source-maps', file], {
    env: { DRAMATIS_API_URL: product.url, DRAMATIS_ADMIN_TOKEN: product.operatorToken },
  });
}
