import { Injectable, inject } from '@angular/core';
import { BrowserStorage } from './browser-storage';

/** What storage keeps of things that were begun and neither sent nor saved, by the first part of its key. */
const kinds = ['draft', 'edit', 'outgoing', 'form', 'persona-edit'] as const;
const key = 'dramatis.set-aside';

interface SetAside {
  accountId: string;
  entries: Record<string, string>;
}

/**
 * What somebody was writing here. Who signs out leaves none of it behind. Whose session ends by itself finds it again after signing in:
 * until then it lies apart, in this tab alone, where no page shows it.
 */
@Injectable({ providedIn: 'root' })
export class UnfinishedWork {
  private readonly storage = inject(BrowserStorage);

  /** Whose everything is from now on that is being written: an account's, or null for whoever has none. */
  belongsTo(accountId: string | null, how?: 'by choice'): void {
    const owner = this.storage.read('written-by', (value) => typeof value === 'string');
    if (owner !== null && owner !== accountId) {
      if (accountId !== null || how === 'by choice') this.forget();
      else this.setAside(owner);
    }
    if (accountId === null) {
      this.storage.remove('written-by');
      return;
    }
    this.storage.write('written-by', accountId);
    const aside = read();
    if (aside?.accountId === accountId) this.storage.restore(aside.entries);
    write(null);
  }

  private forget(): void {
    for (const kind of kinds) this.storage.removeAll(kind);
    write(null);
  }

  private setAside(accountId: string): void {
    const entries = Object.assign({}, ...kinds.map((kind) => this.storage.entries(kind))) as Record<string, string>;
    this.forget();
    if (Object.keys(entries).length > 0) write({ accountId, entries });
  }
}

function read(): SetAside | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isSetAside(value) ? value : null;
  } catch {
    return null;
  }
}

function write(aside: SetAside | null): void {
  try {
    if (aside) sessionStorage.setItem(key, JSON.stringify(aside));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is full or forbidden: what was being written is lost with the session.
  }
}

function isSetAside(value: unknown): value is SetAside {
  if (typeof value !== 'object' || value === null) return false;
  const { accountId, entries } = value as Record<string, unknown>;
  return typeof accountId === 'string' && typeof entries === 'object' && entries !== null && Object.values(entries).every((entry) => typeof entry === 'string');
}
