import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { Account, Me } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../i18n/language';
import { BrowserStorage } from './browser-storage';
import { IdentityApi } from './identity-api';
import { Notifier } from './notifier';

const channelName = 'dramatis.identity';
/** How long what is known of a page that was not looked at is believed. */
const trustedMs = 30_000;

/**
 * Who looks at this page: nobody yet known, a guest, or an account. All tabs of the browser tell one another when that changes,
 * and a page that is looked at again asks the server.
 */
@Injectable({ providedIn: 'root' })
export class Identity {
  private readonly t = injectTranslate();
  private readonly api = inject(IdentityApi);
  private readonly storage = inject(BrowserStorage);
  private readonly notifier = inject(Notifier);
  private readonly current = signal<Me | null>(null);
  private readonly turns = signal(0);
  private readonly channel = openChannel();
  private asking: Promise<void> | null = null;
  private askedAt = 0;
  /** Grows with what this page was told by the answer to something done on it: questions asked before that are answered too late. */
  private taken = 0;

  /** Null until the server has told. */
  readonly me = this.current.asReadonly();
  readonly account = computed<Account | null>(() => this.current()?.account ?? null);
  /** Grows when somebody else is here without this page having done it: by another tab, or because the session was ended elsewhere. */
  readonly changes = this.turns.asReadonly();

  constructor() {
    const onMessage = (): void => void this.refresh();
    const onVisible = (): void => {
      if (document.visibilityState === 'visible' && this.askedAt > 0 && Date.now() - this.askedAt > trustedMs) void this.refresh();
    };
    this.channel?.addEventListener('message', onMessage);
    document.addEventListener('visibilitychange', onVisible);
    inject(DestroyRef).onDestroy(() => {
      this.channel?.close();
      document.removeEventListener('visibilitychange', onVisible);
    });
  }

  /** Resolves when it is known who is here, or could not be found out. */
  async known(): Promise<Me | null> {
    if (this.current() === null) await this.refresh();
    return this.current();
  }

  /** Asks the server who is here. What was known stays when it does not answer. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Takes what the server has answered to something done on this page, and tells the other tabs. */
  take(me: Me): void {
    const before = this.account();
    this.taken += 1;
    this.current.set(me);
    this.askedAt = Date.now();
    if (before !== null && before.accountId !== me.account?.accountId) this.forgetDrafts();
    this.channel?.postMessage('changed');
  }

  /** @throws Problem when the server did not end the session */
  async signOut(): Promise<void> {
    await this.api.signOut();
    this.leave();
  }

  /** Whoever was here is not any more, by their own doing. */
  leave(): void {
    this.take({ account: null, role: null, guest: false, sessionId: null });
  }

  private async ask(): Promise<void> {
    const { taken } = this;
    try {
      const me = await this.api.me();
      if (taken !== this.taken) return;
      const before = this.current();
      this.current.set(me);
      this.askedAt = Date.now();
      if (before === null || before.account?.accountId === me.account?.accountId) return;
      if (before.account !== null) {
        this.forgetDrafts();
        if (me.account === null) this.notifier.tell(this.t('app.sessionEnded'));
      }
      this.turns.update((count) => count + 1);
    } catch {
      // Out of reach: what is asked next tells what is wrong.
    }
  }

  /** Who comes to this browser next does not read what was being written. */
  private forgetDrafts(): void {
    for (const kind of ['draft', 'outgoing']) this.storage.removeAll(kind);
  }
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
}
