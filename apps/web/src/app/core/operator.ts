import { Injectable, computed, signal } from '@angular/core';

const key = 'dramatis.operator-token';

/** The operator token of this tab: kept until the tab closes or the operator signs out, and sent only where a route asks for it. */
@Injectable({ providedIn: 'root' })
export class Operator {
  private readonly kept = signal(read());
  readonly token = this.kept.asReadonly();
  readonly signedIn = computed(() => this.kept() !== null);
  private readonly turnedAway = signal(false);
  /** Whether the server stopped accepting the token, so that it was dropped. */
  readonly wasRefused = this.turnedAway.asReadonly();

  signIn(token: string): void {
    this.kept.set(token);
    this.turnedAway.set(false);
    try {
      sessionStorage.setItem(key, token);
    } catch {
      // Storage is forbidden: the token lives as long as the page does.
    }
  }

  signOut(): void {
    this.kept.set(null);
    this.turnedAway.set(false);
    try {
      sessionStorage.removeItem(key);
    } catch {
      // As above.
    }
  }

  /** The server does not accept the token any more. */
  refused(): void {
    if (!this.signedIn()) return;
    this.signOut();
    this.turnedAway.set(true);
  }

  /** Headers for a route that wants to know whether an operator asks. */
  headers(): Record<string, string> {
    const token = this.kept();
    return token === null ? {} : { authorization: `Bearer ${token}` };
  }
}

function read(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
