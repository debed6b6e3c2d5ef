import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { HostGuard } from './host-guard.js';

export interface GuardedConnectOptions {
  guard: HostGuard;
  /** For each address that is tried. */
  timeoutMs: number;
  /** Certificates to trust besides the usual ones, PEM. */
  ca?: string | string[];
}

/** Addresses of one name that are tried before it counts as unreachable. */
const maxAddresses = 4;

/**
 * The only way a connection is made: to an address that the guard gave, given to the socket as a literal. TLS still
 * verifies the certificate against the name.
 */
export function createGuardedConnect({ guard, timeoutMs, ca }: GuardedConnectOptions): buildConnector.connector {
  const connector = buildConnector({ timeout: timeoutMs, allowH2: false, ...(ca && { ca }) });

  const connectTo = (address: string, options: buildConnector.Options) =>
    new Promise<Parameters<buildConnector.Callback>[1]>((resolve, reject) => {
      const { servername: _, ...rest } = options;
      const secure = options.protocol === 'https:';
      const pinned = { ...rest, hostname: address, ...(secure && { servername: serverName(options) }) };
      connector(pinned, (error, socket) => (error ? reject(error) : resolve(socket)));
    });

  const connect = async (options: buildConnector.Options) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const addresses = (await guard(options.hostname, port)).slice(0, maxAddresses);
    for (const [i, address] of addresses.entries()) {
      try {
        return await connectTo(address, options);
      } catch (error) {
        if (i === addresses.length - 1) throw error;
      }
    }
    return null;
  };

  return (options, callback) => {
    connect(options).then(
      (socket) => (socket ? callback(null, socket) : callback(new Error('no address to connect to'), null)),
      (error: Error) => callback(error, null),
    );
  };
}

/** What the certificate must be for. Empty for a literal address: TLS then checks the address itself. */
function serverName({ servername, hostname }: buildConnector.Options): string {
  const name = (servername ?? hostname).replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(name) ? '' : name;
}
