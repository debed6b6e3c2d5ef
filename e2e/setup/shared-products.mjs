import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {import('@dramatis/testing/product/product').Product[]} */
let products = [];

/**
 * Starts the worker and the API that most specs share, once for each of Jest's workers: a spec has its product's providers to itself, at
 * a port where it starts its own model server.
 *
 * @param {{ maxWorkers: number }} config of Jest
 */
export async function startSharedProducts({ maxWorkers }) {
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
  /** @param {number} index */
  const start = async (index) => {
    const modelPort = await freePort();
    const env = providersAt(`http://127.0.0.1:${modelPort}`);
    const product = await startProduct({ servers, folder: join(folder, `shared-${index}`), redisDatabase: index, env });
    products.push(product);
    const { url, operatorToken, namespace } = product;
    return { url, operatorToken, namespace, modelPort };
  };
  const shared = await Promise.all(Array.from({ length: maxWorkers }, (_, index) => start(index)));
  process.env.DRAMATIS_E2E = JSON.stringify({ servers, folder, shared });
}

export async function stopSharedProducts() {
  await Promise.all(products.map((product) => product.stop()));
  products = [];
}

/** @param {string} variable */
function needed(variable) {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(`${variable} is not set. Run these specs by "npm test -- --only e2e", which builds and starts the servers.`);
}
