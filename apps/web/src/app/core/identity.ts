import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Account, Me } from '@dramatis/contracts/identity/account';
import { injectTranslate } from '../../i18n/language';
import { IdentityApi } from './identity-api';
import { Notifier } from './notifier';
import { UnfinishedWork } from './unfinished-work';

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
  private readonly work = inject(UnfinishedWork);
  private readonly notifier = inject(Notifier);
  private readonly router = inject(Router);
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
    // Whoever opened the page without a network is asked about when there is one.
    const onOnline = (): void => {
      if (this.askedAt === 0) void this.refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('online', onOnline);
    inject(DestroyRef).onDestroy(() => {
      this.channel?.close();
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('online', onOnline);
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
    this.taken += 1;
    this.askedAt = Date.now();
    this.work.belongsTo(me.account?.accountId ?? null, 'by choice');
    this.current.set(me);
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
      this.askedAt = Date.now();
      this.work.belongsTo(me.account?.accountId ?? null);
      this.current.set(me);
      if (before === null || before.account?.accountId === me.account?.accountId) return;
      if (before.account !== null && me.account === null) this.tellOfTheEnd();
      this.turns.update((count) => count + 1);
    } catch {
      // Out of reach: what is asked next tells what is wrong.
    }
  }

  /** With the way back to where one was. */
  private tellOfTheEnd(): void {
    const returnUrl = this.router.url;
    this.notifier.tell(this.t('app.sessionEnded'), {
      label: this.t('app.signIn'),
      run: () => void this.router.navigate(['/account/sign-in'], { queryParams: { returnUrl } }),
    });
  }
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
}
