import { DestroyRef, type Signal, inject, signal } from '@angular/core';

/** Whether a media query matches, as it changes. */
export function injectMediaQuery(query: string): Signal<boolean> {
  const list = window.matchMedia(query);
  const matches = signal(list.matches);
  const follow = (): void => matches.set(list.matches);
  list.addEventListener('change', follow);
  inject(DestroyRef).onDestroy(() => list.removeEventListener('change', follow));
  return matches.asReadonly();
}
