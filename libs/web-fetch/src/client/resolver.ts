import { lookup } from 'node:dns/promises';

/** Gives the addresses of a name, best first, in their usual notation. Rejects with an error that has a `code`, as `node:dns` does. */
export type Resolver = (hostname: string) => Promise<string[]>;

/** As the machine resolves names, hosts file included. IPv4 first: where IPv6 leads nowhere, each try would cost its time. */
export const systemResolver: Resolver = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
};
