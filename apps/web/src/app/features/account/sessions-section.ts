import { Component, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import type { Session } from '@dramatis/contracts/identity/session';
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
      <h2>Sessions</h2>
      <p class="about">The browsers in which you are signed in. End one that you do not know, and change your password.</p>
    </div>
    <div>
      @if (sessions.hasValue()) {
        <ul>
          @for (session of sessions.value(); track session.sessionId) {
            <li>
              <div class="what">
                <p>
                  <strong>{{ browserWords(session.userAgent) }}</strong>
                  @if (session.current) {
                    <span class="this">this one</span>
                  }
                </p>
                <p class="fine">
                  Last used <time [attr.datetime]="session.lastSeenAt" [title]="exactTime(session.lastSeenAt)">{{ ago(session.lastSeenAt) }}</time>, begun
                  <time [attr.datetime]="session.createdAt" [title]="exactTime(session.createdAt)">{{ ago(session.createdAt) }}</time>
                  @if (session.address) {
                    from {{ session.address }}
                  }
                </p>
              </div>
              @if (!session.current) {
                <button type="button" class="text-button" [attr.aria-label]="'End the session of ' + browserWords(session.userAgent)" [attr.aria-disabled]="busy() ? 'true' : null" (click)="end(session)">End</button>
              }
            </li>
          }
        </ul>
        @if (others() > 0) {
          <button type="button" class="button-quiet" [attr.aria-disabled]="busy() ? 'true' : null" (click)="endOthers()">Sign out everywhere else</button>
        } @else {
          <p class="fine">You are signed in nowhere else.</p>
        }
      } @else if (sessions.error()) {
        <p role="alert">Your sessions cannot be shown. <button type="button" class="text-button" (click)="sessions.reload()">Try again</button></p>
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
  private readonly api = inject(AccountApi);
  private readonly confirm = inject(Confirm);
  private readonly notifier = inject(Notifier);
  private readonly identity = inject(Identity);
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
    return relativeTime(at, Date.now());
  }

  protected async end(session: Session): Promise<void> {
    await this.act(() => this.api.endSession(session.sessionId), `The session of ${browserWords(session.userAgent)} has ended.`);
  }

  protected async endOthers(): Promise<void> {
    const question = { heading: 'Sign out everywhere else?', message: 'Every browser but this one has to sign in again.', action: 'Sign out there' };
    if (await this.confirm.ask(question)) await this.act(() => this.api.endOtherSessions(), 'You are signed in here only.');
  }

  private async act(action: () => Promise<void>, done: string): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await action();
      this.notifier.tell(done);
    } catch (error) {
      this.notifier.tell(`The session was not ended. ${accountWords(asProblem(error))}`);
    } finally {
      this.busy.set(false);
      this.sessions.reload();
    }
  }
}
