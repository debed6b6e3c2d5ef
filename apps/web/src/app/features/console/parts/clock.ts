import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const tickMs = 10_000;

/** The present, as far as "3 minutes ago" needs it. */
@Injectable({ providedIn: 'root' })
export class Clock {
  private readonly state = signal(Date.now());
  /** Milliseconds since the epoch, a few seconds old at most. */
  readonly now = this.state.asReadonly();

  constructor() {
    const timer = setInterval(() => this.state.set(Date.now()), tickMs);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
