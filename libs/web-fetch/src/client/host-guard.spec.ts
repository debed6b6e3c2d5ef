import { inspect } from 'node:util';
import { createWebClient, type WebClient } from './web-client.js';
import { parseAddress, unpublicAddress } from './address-class.js';
import { createHostGuard, webPorts } from './host-guard.js';
import { parseTrustedHosts } from './trusted-hosts.js';

/** No name is ever resolved by the network here. */
const noNames = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));

describe('what is refused, in every notation', () => {
  let client: WebClient;
  beforeAll(() => {
    client = createWebClient({ resolver: noNames });
  });
  afterAll(() => client.close());

  it.each([
    ['loopback', 'http://127.0.0.1/'],
    ['loopback, another of its network', 'http://127.8.9.10/'],
    ['loopback in short', 'http://127.1/'],
    ['loopback with a dot at the end', 'http://127.0.0.1./'],
    ['loopback, decimal', 'http://2130706433/'],
    ['loopback, hexadecimal', 'http://0x7f000001/'],
    ['loopback, hexadecimal parts', 'http://0x7f.0x0.0x0.0x1/'],
    ['loopback, octal', 'http://017700000001/'],
    ['loopback, octal parts', 'http://0177.0.0.01/'],
    ['loopback, mixed', 'http://0x7f.0.1/'],
    ['loopback, escaped', 'http://%31%32%37.0.0.1/'],
    ['loopback, circled digits', 'http://①②⑦.⓪.⓪.①/'],
    ['loopback, full-width digits', 'http://１２７.０.０.１/'],
    ['loopback, full-width dots', 'http://127。0。0。1/'],
    ['unspecified', 'http://0.0.0.0/'],
    ['unspecified in short', 'http://0/'],
    ['this network', 'http://0.1.2.3/'],
    ['private 10/8', 'http://10.0.0.1/'],
    ['private 172.16/12', 'http://172.31.255.254/'],
    ['private 192.168/16', 'http://192.168.1.1/'],
    ['private 192.168/16, decimal', 'http://3232235777/'],
    ['link-local: cloud metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['link-local, octal', 'http://0251.0376.0251.0376/'],
    ['carrier-grade NAT', 'http://100.64.0.1/'],
    ['carrier-grade NAT: cloud metadata', 'http://100.100.100.200/'],
    ['IETF protocol assignments', 'http://192.0.0.192/'],
    ['documentation', 'http://192.0.2.1/'],
    ['6to4 relays', 'http://192.88.99.1/'],
    ['benchmarking', 'http://198.18.0.1/'],
    ['documentation', 'http://198.51.100.7/'],
    ['documentation', 'http://203.0.113.7/'],
    ['multicast', 'http://224.0.0.1/'],
    ['reserved', 'http://240.0.0.1/'],
    ['broadcast', 'http://255.255.255.255/'],
    ['IPv6 loopback', 'http://[::1]/'],
    ['IPv6 loopback, long', 'http://[0:0:0:0:0:0:0:1]/'],
    ['IPv6 unspecified', 'http://[::]/'],
    ['IPv4-mapped loopback', 'http://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped loopback, hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['IPv4-mapped public address', 'http://[::ffff:8.8.8.8]/'],
    ['IPv4-compatible', 'http://[::127.0.0.1]/'],
    ['IPv4-translated', 'http://[::ffff:0:127.0.0.1]/'],
    ['NAT64', 'http://[64:ff9b::7f00:1]/'],
    ['NAT64 of a private address, dotted', 'http://[64:ff9b::10.0.0.1]/'],
    ['NAT64 for local use', 'http://[64:ff9b:1::a00:1]/'],
    ['6to4 of a private address', 'http://[2002:a00:1::]/'],
    ['Teredo', 'http://[2001:0:7f00:1::1]/'],
    ['link-local', 'http://[fe80::1]/'],
    ['unique-local', 'http://[fc00::1]/'],
    ['unique-local: cloud metadata', 'http://[fd00:ec2::254]/'],
    ['site-local', 'http://[fec0::1]/'],
    ['IPv6 multicast', 'http://[ff02::1]/'],
    ['discard', 'http://[100::1]/'],
    ['IPv6 documentation', 'http://[2001:db8::1]/'],
    ['IPv6 documentation', 'http://[3fff::1]/'],
    ['ORCHID', 'http://[2001:20::1]/'],
    ['segment routing', 'http://[5f00::1]/'],
    ['IPv6 outside of global unicast', 'http://[4000::1]/'],
  ])('%s: %s', async (_, url) => {
    await expect(client.fetch(url)).rejects.toMatchObject({ code: 'address_refused', retryable: false });
  });

  it.each([
    ['a user name that looks like the host', 'http://example.org@127.0.0.1/', 'credentials_refused'],
    ['a password', 'http://user:secret@example.org/', 'credentials_refused'],
    ['an escaped @ in the user name', 'http://example.org%40x@10.0.0.1/', 'credentials_refused'],
    ['a backslash before the real host', 'http://127.0.0.1\\@example.org/', 'address_refused'],
    ['a zone', 'http://[fe80::1%25eth0]/', 'url_invalid'],
    ['a number too large for an address', 'http://4294967296/', 'url_invalid'],
    ['an octet too large', 'http://256.0.0.1/', 'url_invalid'],
    ['no host', 'http:///', 'url_invalid'],
    ['no URL', 'not a url', 'url_invalid'],
    ['a space in the host', 'http://127.0.0.1 .example.org/', 'url_invalid'],
    ['a line break that a parser drops', 'http://127.0.\n0.1/', 'address_refused'],
    ['file', 'file:///etc/passwd', 'scheme_refused'],
    ['ftp', 'ftp://example.org/', 'scheme_refused'],
    ['gopher', 'gopher://127.0.0.1:6379/_INFO', 'scheme_refused'],
    ['data', 'data:text/html,x', 'scheme_refused'],
    ['javascript', 'javascript:alert(1)', 'scheme_refused'],
    ['a Redis port', 'http://93.184.215.14:6379/', 'port_refused'],
    ['a name that does not exist', 'http://nowhere.test/', 'host_not_found'],
  ])('%s: %s', async (_, url, code) => {
    await expect(client.fetch(url)).rejects.toMatchObject({ code, retryable: false });
  });

  it('never shows a password', async () => {
    const error = await client.fetch('http://user:secret@example.org/').catch((e: unknown) => inspect(e));
    expect(error).toContain('credentials_refused');
    expect(error).not.toContain('secret');
  });
});

describe('unpublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '192.167.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::1'])(
    'takes %s for public',
    (text) => {
      expect(unpublicAddress(parseAddress(text)!)).toBeNull();
    },
  );
});

describe('createHostGuard', () => {
  const guardOf = (names: Record<string, string[]>, trusted: string[] = []) =>
    createHostGuard({ resolver: (name) => (names[name] ? Promise.resolve(names[name]) : noNames()), trusted: parseTrustedHosts(trusted), ports: webPorts });

  it('gives all addresses of a public name, whose dot at the end does not count', async () => {
    const guard = guardOf({ 'example.org': ['93.184.215.14', '2606:2800::1'] });
    expect(await guard('Example.org.', 443)).toEqual(['93.184.215.14', '2606:2800::1']);
  });

  it.each([
    ['a private address', ['192.168.0.10']],
    ['a private address among public ones', ['93.184.215.14', '10.0.0.1']],
    ['a link-local address with a zone', ['fe80::1%eth0']],
    ['an IPv4-mapped address', ['::ffff:127.0.0.1']],
    ['what is no address', ['not an address']],
  ])('refuses a name that resolves to %s', async (_, addresses) => {
    await expect(guardOf({ 'trap.example': addresses })('trap.example', 80)).rejects.toMatchObject({ code: 'address_refused' });
  });

  it('refuses a name that is public first and private then', async () => {
    const answers = ['93.184.215.14', '127.0.0.1'];
    const guard = createHostGuard({ resolver: async () => [answers.shift()!], trusted: parseTrustedHosts([]), ports: webPorts });
    expect(await guard('rebinding.example', 80)).toEqual(['93.184.215.14']);
    await expect(guard('rebinding.example', 80)).rejects.toMatchObject({ code: 'address_refused' });
  });

  it('tells a name that does not exist from a name service that does not answer', async () => {
    const guard = createHostGuard({ resolver: () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })), trusted: parseTrustedHosts([]), ports: webPorts });
    await expect(guard('example.org', 80)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    await expect(guardOf({})('example.org', 80)).rejects.toMatchObject({ code: 'host_not_found', retryable: false });
    await expect(guardOf({ 'empty.example': [] })('empty.example', 80)).rejects.toMatchObject({ code: 'host_not_found' });
  });

  it.each([
    // trusted, host, port, allowed
    ['intranet.example', 'intranet.example', 3000, true],
    ['Intranet.Example.', 'INTRANET.example', 80, true],
    ['intranet.example', 'other.example', 80, false],
    ['intranet.example', 'intranet.example.evil.test', 80, false],
    ['intranet.example:3000', 'intranet.example', 3000, true],
    ['intranet.example:3000', 'intranet.example', 80, false],
    ['*.corp.example', 'wiki.corp.example', 80, true],
    ['*.corp.example', 'corp.example', 80, false],
    ['*.corp.example', 'evilcorp.example', 80, false],
    ['10.1.0.0/16', 'in-network.example', 9000, true],
    ['10.1.0.0/16', 'intranet.example', 80, false],
    ['10.1.2.3', '10.1.2.3', 80, true],
    ['10.1.2.3', '10.1.2.4', 80, false],
    ['10.1.2.3:8081', '10.1.2.3', 8081, true],
    ['10.1.2.3:8081', '10.1.2.3', 80, false],
    ['[fd00::1]:8081', 'fd00:0::1', 8081, true],
    ['fd00::/8', 'fd12::1', 80, true],
    // A trusted network is not trusted in the disguise of another.
    ['10.0.0.0/8', '::ffff:a01:203', 80, false],
    ['127.0.0.0/8', '64:ff9b::7f00:1', 80, false],
  ])('trusting %s, it lets %s at port %i through: %s', async (trusted, host, port, allowed) => {
    const guard = guardOf(
      {
        'intranet.example': ['10.9.9.9'],
        'other.example': ['10.9.9.9'],
        'intranet.example.evil.test': ['10.9.9.9'],
        'wiki.corp.example': ['10.9.9.9'],
        'corp.example': ['10.9.9.9'],
        'evilcorp.example': ['10.9.9.9'],
        'in-network.example': ['10.1.7.7'],
      },
      [trusted],
    );
    const verdict = guard(host, port).then(
      () => true,
      (error: { code: string }) => error.code !== 'address_refused' && error.code,
    );
    expect(await verdict).toBe(allowed);
  });

  it.each(['10.0.0.0/33', 'http://intranet.example/', 'a b', 'user@host', 'host:99999', '', '*'])('does not take %j for a trusted host', (entry) => {
    expect(() => parseTrustedHosts([entry])).toThrow(RangeError);
  });
});
