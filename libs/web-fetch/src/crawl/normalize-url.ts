import { parsePageUrl } from '../page-url.js';

export interface NormalizeUrlOptions {
  /** What a relative URL is relative to. */
  base?: string;
  /** Of paths: `keep` them, or `strip` the slash at the end of all but the root. Default: `keep`, since both can be different pages. */
  trailingSlash?: 'keep' | 'strip';
  /** Whether to put query parameters in the order of their names. Default: true. */
  sortQuery?: boolean;
  /** Whether to drop parameters that only follow visitors around. Default: true. */
  dropTracking?: boolean;
}

const trackingParameters: ReadonlySet<string> = new Set(
  'gclid gclsrc dclid gbraid wbraid fbclid msclkid yclid twclid ttclid igshid li_fat_id mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok vero_id oly_anon_id oly_enc_id wickedid rb_clickid s_cid ref_src phpsessid jsessionid aspsessionid sessionid session_id cfid cftoken'.split(
    ' ',
  ),
);
const trackingPrefixes = ['utm_', 'pk_', 'mtm_', 'piwik_', 'hsa_'];

/**
 * One spelling for the URLs of one page: lower-case scheme and host, no default port, dot segments, fragment, session id or tracking
 * parameter, escapes in upper case and only where needed, query in order. Null when it is no http or https URL.
 */
export function normalizeUrl(text: string, { base, trailingSlash = 'keep', sortQuery = true, dropTracking = true }: NormalizeUrlOptions = {}): string | null {
  const url = parsePageUrl(text, base);
  if (!url) return null;
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  let path = plainEscapes(url.pathname);
  if (dropTracking) path = path.replace(/;jsessionid=[^/;]*/i, '');
  if (trailingSlash === 'strip' && path.length > 1) path = path.replace(/(?<!\/)\/$/, '');
  url.pathname = path;
  url.search = normalizeQuery(url.search.slice(1), sortQuery, dropTracking);
  // A lone "?" stays in `href` although the query is empty.
  return url.search === '' ? url.href.replace(/\?$/, '') : url.href;
}

/** Works on the text, since parsing and writing a query again would change its escapes and with them its meaning. */
function normalizeQuery(query: string, sort: boolean, dropTracking: boolean): string {
  let parameters = query.split('&').filter((parameter) => parameter !== '');
  if (dropTracking) parameters = parameters.filter((parameter) => !isTracking(nameOf(parameter)));
  // Sorting is stable: several values of one name keep their order.
  if (sort) parameters.sort((a, b) => compare(nameOf(a), nameOf(b)));
  return plainEscapes(parameters.join('&'));
}

function nameOf(parameter: string): string {
  const end = parameter.indexOf('=');
  return end < 0 ? parameter : parameter.slice(0, end);
}

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return trackingParameters.has(lower) || trackingPrefixes.some((prefix) => lower.startsWith(prefix));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Letters, digits, `-`, `.`, `_` and `~` unescaped, what else is escaped in upper case. */
function plainEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });
}
