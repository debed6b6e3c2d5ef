import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { TextKey } from '../../i18n/scopes';
import { BrowserStorage } from './browser-storage';

/** Where a shortcut acts, in the order of the help sheet. */
export const shortcutGroups = ['everywhere', 'list', 'conversation', 'reply', 'console'] as const;
export type ShortcutGroup = (typeof shortcutGroups)[number];

export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  key: string;
  description: TextKey;
  group: ShortcutGroup;
  /** Whether it also works while the reader types in a field. */
  inFields?: boolean;
  /** Returns false when there is nothing to do, so that the key keeps its own meaning. */
  run: () => boolean | void;
}

/** Single keys that act. Whoever is bothered by them, as with speech input, can switch them off in the help sheet. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly storage = inject(BrowserStorage);
  private readonly registered = signal<readonly Shortcut[]>([]);
  readonly enabled = signal(this.storage.read('shortcuts', (value) => typeof value === 'boolean') ?? true);
  readonly all = computed(() => this.registered());

  constructor() {
    const onKey = (event: KeyboardEvent): void => this.handle(event);
    document.addEventListener('keydown', onKey);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', onKey));
  }

  /** Adds shortcuts; the function returned takes them away again. */
  register(...shortcuts: Shortcut[]): () => void {
    this.registered.update((all) => [...all, ...shortcuts]);
    return () => this.registered.update((all) => all.filter((shortcut) => !shortcuts.includes(shortcut)));
  }

  setEnabled(enabled: boolean): void {
    this.enabled.set(enabled);
    this.storage.write('shortcuts', enabled);
  }

  private handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    const inField = target.matches('input, textarea, select, [contenteditable]');
    if (target.closest('.cdk-overlay-container')) return;
    if (!this.enabled() && event.key.length === 1) return;
    // What came last stands in the foreground; what has nothing to do leaves the key to those before it.
    const meant = this.registered().filter(({ key, inFields }) => key === event.key && (!inField || inFields));
    if (meant.reverse().some(({ run }) => run() !== false)) event.preventDefault();
  }
}

/** Lets "/" go to the search of a list, for as long as its page lives. To be called in an injection context. */
export function searchShortcut(field: () => HTMLInputElement | undefined): void {
  const run = (): boolean => {
    const found = field();
    found?.focus();
    found?.select();
    return found !== undefined;
  };
  inject(DestroyRef).onDestroy(inject(Shortcuts).register({ key: '/', group: 'list', description: 'app.shortcut.search', run }));
}
