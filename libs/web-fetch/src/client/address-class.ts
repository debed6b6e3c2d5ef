import ipaddr from 'ipaddr.js';

/** A network that `ipaddr.js` takes for ordinary and that is not, or leads elsewhere by translation. */
const moreNetworks: [cidr: string, name: string][] = [
  ['::/96', 'an IPv4-compatible address'],
  ['64:ff9b:1::/48', 'a translated address (NAT64)'],
  ['3fff::/20', 'reserved for documentation'],
];

const more = moreNetworks.map(([cidr, name]) => ({ network: ipaddr.parseCIDR(cidr), name }));

const names: Record<string, string> = {
  unspecified: 'an unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'this machine itself',
  carrierGradeNat: 'an address inside a provider’s network',
  private: 'an address inside a private network',
  uniqueLocal: 'an address inside a private network',
  deprecatedSiteLocal: 'an address inside a private network',
  ipv4Mapped: 'an IPv4 address in disguise',
  rfc6145: 'a translated address',
  rfc6052: 'a translated address (NAT64)',
  '6to4': 'a tunnelled address (6to4)',
  teredo: 'a tunnelled address (Teredo)',
};

/**
 * What an address is, in words, when nothing public answers there; null for an ordinary public address.
 * IPv6 addresses outside of the global unicast range are never public.
 */
export function unpublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): string | null {
  const range = address.range();
  if (range !== 'unicast') return names[range] ?? 'a reserved address';
  for (const { network, name } of more) if (network[0].kind() === address.kind() && address.match(network)) return name;
  if (address instanceof ipaddr.IPv6 && (address.parts[0]! & 0xe000) !== 0x2000) return 'a reserved address';
  return null;
}

/** The address that a text in the usual notations names, without zone; null when it is none. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  // ipaddr.js also reads 0x7f.1 and the like, which only a URL parser should: what is no plain address is a name here.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
}
