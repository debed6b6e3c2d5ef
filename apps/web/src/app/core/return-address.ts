const nowhere = 'https://nowhere.invalid';

/**
 * Where somebody is led after signing in: a path of this application with its query and fragment, or `/` for an address that
 * leads anywhere else, or back to the pages of signing in. Pure.
 */
export function returnAddress(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return '/';
  let url: URL;
  try {
    url = new URL(wanted, nowhere);
  } catch {
    return '/';
  }
  const leadsBack = /^\/account\/./.test(url.pathname);
  return url.origin !== nowhere || url.pathname.startsWith('//') || leadsBack ? '/' : url.pathname + url.search + url.hash;
}
