import { inject } from '@angular/core';
import type { NavigationError } from '@angular/router';
import { injectTranslate } from '../../i18n/language';
import { Notifier } from '../core/notifier';

const reloadedFor = 'dramatis.reloaded-for';

/**
 * A page whose code cannot be fetched: after an update of the installation the old names are gone, so the address is
 * loaded afresh, once. When that does not help either, the reader is told.
 */
export function handleNavigationError({ url, error }: NavigationError): void {
  const notifier = inject(Notifier);
  const t = injectTranslate();
  if (!isMissingCode(error)) throw error;
  if (navigator.onLine && sessionStorage.getItem(reloadedFor) !== url) {
    sessionStorage.setItem(reloadedFor, url);
    location.assign(url);
    return;
  }
  notifier.tell(t('app.pageNotFetched'));
}

/** Browsers word a failed `import()` differently; all of them throw a TypeError. */
function isMissingCode(error: unknown): boolean {
  return error instanceof TypeError && /import|module|fetch|load/i.test(error.message);
}
