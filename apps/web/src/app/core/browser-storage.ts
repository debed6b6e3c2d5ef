import { Injectable } from '@angular/core';

/** localStorage that may be blocked or full: reading then gives null, writing does nothing. Keys are prefixed `dramatis.`. */
@Injectable({ providedIn: 'root' })
export class BrowserStorage {
  read<T>(key: string, isValid: (value: unknown) => value is T): T | null {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(`dramatis.${key}`) ?? 'null');
      return isValid(value) ? value : null;
    } catch {
      return null;
    }
  }

  write(key: string, value: unknown): void {
    try {
      localStorage.setItem(`dramatis.${key}`, JSON.stringify(value));
    } catch {
      // Storage is full or forbidden: the page works without it, it only forgets on reload.
    }
  }

  remove(key: string): void {
    try {
      localStorage.removeItem(`dramatis.${key}`);
    } catch {
      // As above.
    }
  }

  /** Whatever is kept under a key that begins with `prefix` and a dot, as it is kept. */
  entries(prefix: string): Record<string, string> {
    try {
      return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(`dramatis.${prefix}.`)) as [string, string][]);
    } catch {
      return {};
    }
  }

  /** Keeps again what {@link entries} gave. */
  restore(entries: Record<string, string>): void {
    try {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    } catch {
      // As above.
    }
  }

  /** Removes whatever is kept under a key that begins with `prefix` and a dot. */
  removeAll(prefix: string): void {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`dramatis.${prefix}.`)) localStorage.removeItem(key);
    } catch {
      // As above.
    }
  }
}
