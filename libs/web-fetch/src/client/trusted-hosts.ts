import ipaddr from 'ipaddr.js';
import { parseAddress } from './address-class.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Who may be reached although the address is not a public one, or the port an unusual one. */
export interface TrustedHosts {
  /** Whether the host is trusted by its name or literal address, at this port, wherever it resolves to. */
  trustsHost(hostname: string, port: number): boolean;
  /** Whether the address is in a trusted network, at any port. */
  trustsAddress(address: Address): boolean;
}

/**
 * From entries `intranet.example`, `*.corp.example` (any name below it), `intranet.example:8080`, `10.1.2.3`, `[fd00::1]:8080`, and the
 * networks `10.1.0.0/16`, `fd00::/8`. An entry with a port trusts only that port.
 * @throws RangeError for an entry that is none of these
 */
export function parseTrustedHosts(entries: readonly string[]): TrustedHosts {
  const hosts = new Set<string>();
  const suffixes: { suffix: string; port: string }[] = [];
  const networks: [Address, number][] = [];
  for (const entry of entries) {
    const text = entry.trim().toLowerCase();
    if (text.includes('/')) {
      if (!ipaddr.isValidCIDR(text)) throw refusal(entry);
      networks.push(ipaddr.parseCIDR(text));
    } else {
      const { hostname, port, wildcard } = parseHost(entry, text);
      if (wildcard) suffixes.push({ suffix: `.${hostname}`, port });
      else hosts.add(`${hostname}|${port}`);
    }
  }
  return {
    trustsHost(hostname, port) {
      const name = canonicalHostname(hostname);
      if (hosts.has(`${name}|`) || hosts.has(`${name}|${port}`)) return true;
      return suffixes.some(({ suffix, port: only }) => name.endsWith(suffix) && (only === '' || only === String(port)));
    },
    trustsAddress: (address) => networks.some((network) => network[0].kind() === address.kind() && address.match(network)),
  };
}

/** Lower case, no brackets, no dot at the end; addresses in one notation. */
export function canonicalHostname(hostname: string): string {
  return parseAddress(hostname)?.toString() ?? hostname.toLowerCase().replace(/\.+$/, '');
}

function parseHost(entry: string, text: string): { hostname: string; port: string; wildcard: boolean } {
  const wildcard = text.startsWith('*.');
  const rest = wildcard ? text.slice(2) : text;
  const literal = parseAddress(rest);
  if (literal) return { hostname: literal.toString(), port: '', wildcard: false };
  const match = /^(\[[^\]]+\]|[^:/?#@[\]\s*]+)(?::(\d{1,5}))?$/.exec(rest);
  if (!match) throw refusal(entry);
  const url = URL.parse(`http://${match[1]}/`);
  if (!url || Number(match[2] ?? 1) > 65_535) throw refusal(entry);
  return { hostname: canonicalHostname(url.hostname), port: match[2] === undefined ? '' : String(Number(match[2])), wildcard };
}

function refusal(entry: string): RangeError {
  return new RangeError(`trusted hosts: "${entry}" is no host, host:port or network. Give for example intranet.example:8080 or 10.1.0.0/16.`);
}
