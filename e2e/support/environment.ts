import type { ServerAddresses } from '@dramatis/testing/product/product';

/** A worker and an API that specs share, one after the other. */
export interface SharedProduct {
  url: string;
  operatorToken: string;
  namespace: string;
  /** Where it expects its providers. */
  modelPort: number;
}

/** What the global set-up started, as it tells the specs. */
export interface E2eEnvironment {
  servers: ServerAddresses;
  /** For logs and objects of products that a spec starts itself. */
  folder: string;
  /** One for each of Jest's workers. */
  shared: SharedProduct[];
}

export function e2eEnvironment(): E2eEnvironment {
  const text = process.env['DRAMATIS_E2E'];
  if (!text) throw new Error('DRAMATIS_E2E is not set: these specs need the global set-up of the e2e project');
  return JSON.parse(text) as E2eEnvironment;
}

/** The product that specs in this worker of Jest share. */
export function sharedProduct(): SharedProduct {
  const worker = Number(process.env['JEST_WORKER_ID'] ?? '1');
  const product = e2eEnvironment().shared[worker - 1];
  if (!product) throw new Error(`There is no product for Jest's worker ${worker}: the set-up starts one for each that the configuration allows.`);
  return product;
}
