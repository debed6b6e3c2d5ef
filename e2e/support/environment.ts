import type { ServerAddresses } from '@dramatis/testing/product/product';

/** What the global set-up started, as it tells the specs. */
export interface E2eEnvironment {
  servers: ServerAddresses;
  /** For logs and objects of products that a spec starts itself. */
  folder: string;
  /** Where the shared product expects its providers. */
  modelPort: number;
  product: { url: string; operatorToken: string; namespace: string };
}

export function e2eEnvironment(): E2eEnvironment {
  const text = process.env['DRAMATIS_E2E'];
  if (!text) throw new Error('DRAMATIS_E2E is not set: these specs need the global set-up of the e2e project');
  return JSON.parse(text) as E2eEnvironment;
}
