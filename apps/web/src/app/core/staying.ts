import type { Router } from '@angular/router';

/**
 * Whether the reader is still on the page where this was called, and not on the way to another one: what was asked for there leads
 * nobody away from elsewhere when its answer comes.
 */
export function staying(router: Router): () => boolean {
  const here = pathOf(router.url);
  return () => {
    const going = router.currentNavigation();
    return pathOf(router.url) === here && (going === null || pathOf(router.serializeUrl(going.extractedUrl)) === here);
  };
}

/** An address without its query and fragment. */
export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
