import { WebFetchError } from '../web-fetch-error.js';
import { parseAddress, unpublicAddress } from './address-class.js';
import type { Resolver } from './resolver.js';
import { canonicalHostname, type TrustedHosts } from './trusted-hosts.js';

/** Ports that public web sites use. */
export const webPorts: readonly number[] = [80, 443, 8080, 8443];

export interface HostGuardOptions {
  resolver: Resolver;
  trusted: TrustedHosts;
  /** Ports that hosts who are not trusted may be asked at. */
  ports: readonly number[];
}

/**
 * The addresses to connect to for a host, all of them allowed.
 * @throws WebFetchError `address_refused`, `port_refused`, `host_not_found`, `unreachable`
 */
export type HostGuard = (hostname: string, port: number) => Promise<string[]>;

/**
 * Refuses a name of which only one address is refused: a public name that also points inside is a trap, or a mistake. What it gives
 * must be connected to as it is, never resolved again, or the name could point elsewhere the second time.
 */
export function createHostGuard({ resolver, trusted, ports }: HostGuardOptions): HostGuard {
  return async (hostname, port) => {
    const literal = parseAddress(hostname);
    const addresses = literal ? [hostname.replace(/^\[|\]$/g, '')] : await resolve(resolver, canonicalHostname(hostname));
    if (trusted.trustsHost(hostname, port)) return addresses;
    let trustedAll = true;
    for (const text of addresses) {
      const address = parseAddress(text);
      if (address && trusted.trustsAddress(address)) continue;
      trustedAll = false;
      const reason = address ? unpublicAddress(address) : 'no usable address';
      if (reason) throw refusedAddress(hostname, literal ? null : text, reason);
    }
    if (!trustedAll && !ports.includes(port)) {
      throw new WebFetchError('port_refused', `Port ${port} of ${hostname} is not one that web pages are served on (${ports.join(', ')}). An administrator can allow ${hostname}:${port}.`);
    }
    return addresses;
  };
}

async function resolve(resolver: Resolver, hostname: string): Promise<string[]> {
  let addresses: string[];
  try {
    addresses = await resolver(hostname);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME') throw notFound(hostname, cause);
    throw new WebFetchError('unreachable', `The address of ${hostname} could not be looked up.`, { cause });
  }
  if (addresses.length === 0) throw notFound(hostname);
  return addresses;
}

function notFound(hostname: string, cause?: unknown): WebFetchError {
  return new WebFetchError('host_not_found', `There is no host named ${hostname}.`, { cause });
}

function refusedAddress(hostname: string, resolved: string | null, reason: string): WebFetchError {
  const subject = resolved === null ? hostname : `${hostname} (${resolved})`;
  return new WebFetchError('address_refused', `${subject} is ${reason}, not a public web server. An administrator can allow trusted internal hosts.`);
}
