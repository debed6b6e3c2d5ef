import { htmlPage } from './html-page.js';
import type { SitePages } from './test-site.js';

/** Paths of what can go wrong, by what should come of it. */
export const hazards = {
  redirectChain: '/redirect/chain/3',
  redirectTooLong: '/redirect/chain/20',
  redirectCircle: '/redirect/circle/a',
  redirectPrivate: '/redirect/private',
  redirectMetadata: '/redirect/metadata',
  redirectDisguised: '/redirect/disguised',
  redirectFile: '/redirect/file',
  redirectCredentials: '/redirect/credentials',
  gone: '/broken/gone',
  serverError: '/broken/error',
  unavailable: '/broken/unavailable',
  tooManyRequests: '/broken/too-many-requests',
  hang: '/broken/hang',
  endless: '/broken/endless',
  drip: '/broken/drip',
  stall: '/broken/stall',
  cut: '/broken/cut',
  gzipBomb: '/broken/bomb-gzip',
  brotliBomb: '/broken/bomb-br',
  brokenEncoding: '/broken/encoding',
  garbage: '/broken/garbage',
  picture: '/broken/picture',
  binaryText: '/broken/binary.txt',
  empty: '/broken/empty.html',
  badMarkup: '/broken/markup.html',
  latin1: '/broken/latin1.html',
  loop: '/loop/',
  calendar: '/calendar',
} as const;

/** Traps and broken pages; `/hazards` links to all of them. */
export function publishHazards(site: SitePages): void {
  const redirect = (path: string, location: string) => site.set(path, { status: 302, headers: { location } });
  const page = htmlPage({ title: 'Part of a page', paragraphs: ['Half of this never arrives. '.repeat(200)] });

  site.set('/hazards', htmlPage({ title: 'Hazards', paragraphs: ['Mind your step.'], links: Object.entries(hazards).map(([text, href]) => ({ href, text })) }));

  for (let i = 1; i <= 20; i += 1) redirect(`/redirect/chain/${i}`, i === 1 ? '/redirect/end' : String(i - 1));
  site.set('/redirect/end', htmlPage({ title: 'The end of the chain', paragraphs: ['You have arrived where three signs have sent you, one after the other.'] }));
  redirect('/redirect/circle/a', 'b');
  redirect('/redirect/circle/b', 'a');
  redirect(hazards.redirectPrivate, 'http://10.0.0.1/admin');
  redirect(hazards.redirectMetadata, 'http://169.254.169.254/latest/meta-data/');
  redirect(hazards.redirectDisguised, 'http://[::ffff:7f00:1]:9200/');
  redirect(hazards.redirectFile, 'file:///etc/passwd');
  redirect(hazards.redirectCredentials, `${site.url.replace('://', '://user:secret@')}/`);

  site.set(hazards.gone, { status: 410 });
  site.set(hazards.serverError, { status: 500, body: 'Oops' });
  site.set(hazards.unavailable, { status: 503, headers: { 'retry-after': '2' } });
  site.set(hazards.tooManyRequests, () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 3_000).toUTCString() } }));
  site.set(hazards.hang, { fault: { kind: 'hang' } });
  site.set(hazards.endless, { fault: { kind: 'endless' } });
  site.set(hazards.drip, { fault: { kind: 'drip', intervalMs: 50 } });
  site.set(hazards.stall, { body: page, fault: { kind: 'stall', afterBytes: 100 } });
  site.set(hazards.cut, { body: page, fault: { kind: 'cut', afterBytes: 100 } });
  site.set(hazards.gzipBomb, { fault: { kind: 'bomb', encoding: 'gzip', megabytes: 200 } });
  site.set(hazards.brotliBomb, { fault: { kind: 'bomb', encoding: 'br', megabytes: 200 } });
  site.set(hazards.brokenEncoding, { body: page, fault: { kind: 'broken_encoding' } });
  site.set(hazards.garbage, { fault: { kind: 'garbage' } });
  site.set(hazards.picture, { headers: { 'content-type': 'image/png' }, body: Buffer.from('89504e470d0a1a0a', 'hex') });
  site.set(hazards.binaryText, { body: Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 7) % 256)) });
  site.set(hazards.empty, { body: '' });
  site.set(hazards.badMarkup, { body: `<html><title>Unclosed <b>title</title>${'<div>'.repeat(50_000)}<a href="/about">About<p>An article that never ends its tags <table><td>` });
  site.set(hazards.latin1, { headers: { 'content-type': 'text/html; charset=iso-8859-1' }, body: Buffer.from('<title>Größe</title><p>Der Käpt’n maß die Größe.</p>'.replace('’', "'"), 'latin1') });

  // A relative link that makes the path longer each time, and a calendar that can be turned for ever.
  site.set('/loop/*', ({ url }) => htmlPage({ title: `Loop of ${url.pathname.length}`, paragraphs: [`You are at ${url.pathname}.`], links: [{ href: 'again/', text: 'Again' }, { href: './', text: 'Here' }] }));
  site.set('/calendar', ({ url }) => {
    const month = url.searchParams.get('month') ?? '2026-11';
    const next = new Date(`${month}-01T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    return htmlPage({ title: `Calendar of ${month}`, paragraphs: ['Nothing happens in this month.'], links: [{ href: `/calendar?month=${next.toISOString().slice(0, 7)}`, text: 'Next month' }] });
  });
}
