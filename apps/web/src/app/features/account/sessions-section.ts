import { Component, type ElementRef, computed, effect, inject, resource, signal, untracked, viewChild } from '@angular/core';
import type { Session } from '@dramatis/contracts/identity/session';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { Confirm } from '../../shared/confirm';
import { exactTime, relativeTime } from '../../shared/relative-time';
import { AccountApi } from './account-api';
import { accountWords } from './account-words';
import { browserWords } from '../../shared/browser-words';

/** Where one is signed in, and the way to end each of those sessions. */
@Component({
  selector: 'dr-sessions-section',
  template: `
    <div>
      <h2 #heading tabindex="-1">{{ t('account.sessions') }}</h2>
      <p class="about">{{ t('account.theBrowsersInWhichYouAreSigned') }}</p>
    </div>
    <div>
      @if (sessions.hasValue()) {
        <ul>
          @for (session of sessions.value(); track session.sessionId) {
            <li>
              <div class="what">
                <p>
                  <strong>{{ browserWords(t, session.userAgent) }}</strong>
                  @if (session.current) {
                    <span class="this">{{ t('account.thisOne') }}</span>
                  }
                </p>
                <p class="fine">
                  {{ t('account.lastUsed') }} <time [attr.datetime]="session.lastSeenAt" [title]="exactTime(t, session.lastSeenAt)">{{ ago(session.lastSeenAt) }}</time>{{ t('account.begun') }}
                  <time [attr.datetime]="session.createdAt" [title]="exactTime(t, session.createdAt)">{{ ago(session.createdAt) }}</time>
                  @if (session.address) {
                    {{ t('account.from', { address: session.address }) }}
                  }
                </p>
              </div>
              @if (!session.current) {
                <button type="button" class="text-button" [attr.aria-label]="t('account.endTheSessionOf', { browser: browserWords(t, session.userAgent) })" [attr.aria-disabled]="busy() ? 'true' : null" (click)="end(session)">{{ t('account.end') }}</button>
              }
            </li>
          }
        </ul>
        @if (others() > 0) {
          <button type="button" class="button-quiet" [attr.aria-disabled]="busy() ? 'true' : null" (click)="endOthers()">{{ t('account.signOutEverywhereElse') }}</button>
        } @else {
          <p class="fine">{{ t('account.youAreSignedInNowhereElse') }}</p>
        }
      } @else if (sessions.error()) {
        <p role="alert">{{ t('account.yourSessionsCannotBeShown') }} <button type="button" class="text-button" (click)="sessions.reload()">{{ t('app.tryAgain') }}</button></p>
      } @else {
        <span class="skeleton"></span>
      }
    </div>
  `,
  styleUrl: './section.css',
  styles: `
    ul {
      margin-block: calc(0px - var(--s2)) var(--s4);
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: baseline;
      gap: var(--s4);
      padding-block: var(--s2);
      border-bottom: 1px solid var(--rule);
    }

    .what {
      flex: 1;
      min-width: 0;
    }

    .this {
      margin-left: var(--s2);
      padding: 0 0.4em;
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius);
      font-size: var(--size-fine);
      white-space: nowrap;
    }

    .text-button {
      min-height: 1.5rem;
    }

    li .text-button {
      padding-inline: var(--s2);
    }
  `,
})
export class SessionsSection {
  protected readonly t = injectTranslate();
  private readonly api = inject(AccountApi);
  private readonly confirm = inject(Confirm);
  private readonly notifier = inject(Notifier);
  private readonly identity = inject(Identity);
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');
  protected readonly sessions = resource({ loader: ({ abortSignal }) => this.api.sessions(abortSignal) });
  protected readonly others = computed(() => (this.sessions.hasValue() ? this.sessions.value().filter(({ current }) => !current).length : 0));
  protected readonly busy = signal(false);

  protected readonly browserWords = browserWords;
  protected readonly exactTime = exactTime;

  constructor() {
    let shown = untracked(() => this.identity.me()?.sessionId);
    // A new password makes this session anew and ends the others.
    effect(() => {
      const now = this.identity.me()?.sessionId;
      if (now !== shown) untracked(() => this.sessions.reload());
      shown = now;
    });
  }

  protected ago(at: string): string {
    return relativeTime(this.t, at, Date.now());
  }

  protected async end(session: Session): Promise<void> {
    // Its row goes, and the button with it.
    this.heading().nativeElement.focus({ preventScroll: true });
    await this.act(() => this.api.endSession(session.sessionId), this.t('account.theSessionOfHasEnded', { browser: browserWords(this.t, session.userAgent) }));
  }

  protected async endOthers(): Promise<void> {
    const question = { heading: this.t('account.askSignOutEverywhereElse'), message: this.t('account.everyBrowserButThisOneHasTo'), action: this.t('account.signOutThere') };
    if (await this.confirm.ask(question)) await this.act(() => this.api.endOtherSessions(), this.t('account.youAreSignedInHereOnly'));
  }

  private async act(action: () => Promise<void>, done: string): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await action();
      this.notifier.tell(done);
    } catch (error) {
      this.notifier.tell(this.t('account.theSessionWasNotEnded', { problem: accountWords(this.t, asProblem(error)) }));
    } finally {
      this.busy.set(false);
      this.sessions.reload();
    }
  }
}
