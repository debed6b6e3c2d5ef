import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {import('@dramatis/testing/product/product').Product | undefined} */
let product;

/** Starts the worker and the API that most specs share. Providers point at a port where each spec starts its own model server. */
export async function startSharedProduct() {
  // The built library, as this runs outside of Jest's transforms.
  const { freePort, startProduct } = await import('@dramatis/testing/product/product');
  const { providersAt } = await import('@dramatis/testing/product/providers');
  const servers = {
    TEMPORAL_ADDRESS: needed('TEMPORAL_ADDRESS'),
    MONGODB_URI: needed('MONGODB_URI'),
    ELASTICSEARCH_URL: needed('ELASTICSEARCH_URL'),
    REDIS_URL: needed('REDIS_URL'),
    EMBEDDER_MODEL_DIR: needed('EMBEDDER_MODEL_DIR'),
  };
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-e2e-'));
  const modelPort = await freePort();
  product = await startProduct({ servers, folder: join(folder, 'shared'), redisDatabase: 0, env: providersAt(`http://127.0.0.1:${modelPort}`) });
  const { url, operatorToken, namespace } = product;
  process.env.DRAMATIS_E2E = JSON.stringify({ servers, folder, modelPort, product: { url, operatorToken, namespace } });
}

export async function stopSharedProduct() {
  await product?.stop();
}

/** @param {string} variable */
function needed(variable) {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(`${variable} is not set. Run these specs by "npm test -- --only e2e", which builds and starts the servers.`);
}
