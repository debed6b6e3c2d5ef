import { TestBed } from '@angular/core/testing';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';
import { provideAllTexts } from './texts';

setupZonelessTestEnv();
beforeEach(() => {
  // What pages keep in a browser is not left to the next test.
  localStorage.clear();
  sessionStorage.clear();
  TestBed.configureTestingModule({ providers: provideAllTexts() });
});

// jsdom has no layout: what asks for it gets the plainest honest answer.
if (!('matchMedia' in window)) {
  Object.assign(window, {
    matchMedia: (query: string) =>
      Object.assign(new EventTarget(), {
        matches: false,
        media: query,
        onchange: null,
        // The CDK still listens by the older names.
        addListener: () => undefined,
        removeListener: () => undefined,
      }),
  });
}
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
globalThis.IntersectionObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
} as unknown as typeof IntersectionObserver;
