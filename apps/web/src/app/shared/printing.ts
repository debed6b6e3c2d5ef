import { ApplicationRef, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** What paper shows and a screen does not, such as sources in full, is drawn while the page is being printed. */
@Injectable({ providedIn: 'root' })
export class Printing {
  private readonly app = inject(ApplicationRef);
  private readonly now = signal(false);
  /** Whether the page is being printed. */
  readonly active = this.now.asReadonly();

  constructor() {
    const begin = (): void => this.set(true);
    const end = (): void => this.set(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    });
  }

  print(): void {
    window.print();
  }

  /** The browser takes the page as it is when the event's listeners have returned. */
  private set(active: boolean): void {
    this.now.set(active);
    this.app.tick();
  }
}
