import { maxUrlLength } from '../page-url.js';
import { WebFetchError } from '../web-fetch-error.js';

/**
 * The URL, without its fragment, when it is one that may be asked for at all. Unusual notations of addresses (decimal, octal,
 * short, full-width …) come out as plain ones here.
 * @throws WebFetchError `url_invalid`, `scheme_refused`, `credentials_refused`
 */
export function checkUrl(text: string, base?: URL): URL {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const url = text.length > maxUrlLength ? null : URL.parse(text.trim(), base?.href);
  if (!url) throw new WebFetchError('url_invalid', `"${shown}" is not the address of a page.`, { url: shown });
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new WebFetchError('scheme_refused', `Only http and https addresses are fetched, not "${shown}".`, { url: shown });
  }
  // The dot that ends a full name is not part of what the host calls itself.
  url.hostname = url.hostname.replace(/\.$/, '');
  if (url.hostname === '' || url.hostname.startsWith('.') || url.hostname.endsWith('.')) throw new WebFetchError('url_invalid', `"${shown}" names no host.`, { url: shown });
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    throw new WebFetchError('credentials_refused', `Addresses with a user name or password in them are not fetched: give ${url.href}.`, { url: url.href });
  }
  url.hash = '';
  return url;
}
