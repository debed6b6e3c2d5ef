const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** "English" for `en`; the code itself for one that has no name here. */
export function languageName(code: string | null): string {
  if (code === null || code === 'und') return 'not known';
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
