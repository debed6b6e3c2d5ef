import ipaddr from 'ipaddr.js';

/** IPv6 customers get a network of this many bits, and could otherwise come from a new address with each request. */
const ipv6NetworkBits = 64;

/**
 * Whom limits by address are counted for: an IPv4 address, or an IPv6 network. Takes `request.ip`, which believes in
 * `X-Forwarded-For` only as many proxies as are trusted.
 */
export function limitedAddress(ip: string | undefined): string {
  if (ip === undefined || !ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${ipv6NetworkBits}`);
  return `${network.toString()}/${ipv6NetworkBits}`;
}
