import { inject } from '@angular/core';
import { Language } from './language';
import type { Scope } from './scopes';

/** For `loadComponent` and `loadChildren`: fetches the code together with the texts that it needs, so that no key is ever seen. */
export function withTexts<T>(scopes: readonly Scope[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [loaded] = await Promise.all([load(), inject(Language).load(...scopes)]);
    return loaded;
  };
}
