import { Injectable, signal } from '@angular/core';

export interface Notice {
  id: number;
  text: string;
}

const shownForMs = 6_000;

/** Short words about something done or not done, shown at the foot of the page and told to screen readers. */
@Injectable({ providedIn: 'root' })
export class Notifier {
  private readonly current = signal<Notice | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private count = 0;
  readonly notice = this.current.asReadonly();

  tell(text: string): void {
    clearTimeout(this.timer);
    this.current.set({ id: ++this.count, text });
    this.timer = setTimeout(() => this.dismiss(), shownForMs);
  }

  dismiss(): void {
    clearTimeout(this.timer);
    this.current.set(null);
  }
}
