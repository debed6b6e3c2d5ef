import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';
import { BrowserStorage } from './browser-storage';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type ContrastChoice = 'system' | 'more' | 'normal';
export type Density = 'comfortable' | 'compact';

interface Appearance {
  theme?: ThemeChoice;
  contrast?: ContrastChoice;
  density?: Density;
}

/** The chosen appearance, kept across visits, and what it comes to on this system. `public/theme.js` applies it before the first paint. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly storage = inject(BrowserStorage);
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly kept = this.storage.read('appearance', isAppearance) ?? {};
  private readonly systemDark = mediaSignal('(prefers-color-scheme: dark)');
  private readonly systemContrast = mediaSignal('(prefers-contrast: more)');

  readonly choice = signal<ThemeChoice>(this.kept.theme ?? 'system');
  readonly contrastChoice = signal<ContrastChoice>(this.kept.contrast ?? 'system');
  /** How much room things have. Compact distances are in `tokens.css`. */
  readonly density = signal<Density>(this.kept.density ?? 'comfortable');
  readonly scheme = computed<'light' | 'dark'>(() => {
    const choice = this.choice();
    if (choice !== 'system') return choice;
    return this.systemDark() ? 'dark' : 'light';
  });
  readonly highContrast = computed(() => {
    const choice = this.contrastChoice();
    return choice === 'system' ? this.systemContrast() : choice === 'more';
  });

  constructor() {
    effect(() => {
      this.root.dataset['theme'] = this.scheme();
      this.root.dataset['contrast'] = this.highContrast() ? 'more' : 'normal';
      this.root.dataset['density'] = this.density();
      const paper = getComputedStyle(this.root).backgroundColor;
      if (paper) this.root.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper);
    });
    effect(() => this.storage.write('appearance', { theme: this.choice(), contrast: this.contrastChoice(), density: this.density() }));
  }

  toggleDensity(): void {
    this.density.update((density) => (density === 'compact' ? 'comfortable' : 'compact'));
  }

  toggleContrast(): void {
    this.contrastChoice.set(this.highContrast() ? 'normal' : 'more');
  }
}

function isAppearance(value: unknown): value is Appearance {
  if (typeof value !== 'object' || value === null) return false;
  const { theme, contrast, density } = value as Record<string, unknown>;
  return (
    (theme === undefined || theme === 'system' || theme === 'light' || theme === 'dark') &&
    (contrast === undefined || contrast === 'system' || contrast === 'more' || contrast === 'normal') &&
    (density === undefined || density === 'comfortable' || density === 'compact')
  );
}

function mediaSignal(query: string) {
  const list = window.matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', (event) => matches.set(event.matches));
  return matches.asReadonly();
}
