import { Injectable, signal } from '@angular/core';

export interface Notice {
  id: number;
  text: string;
  /** What can be done about it, as long as the notice is shown. */
  action?: NoticeAction;
}

export interface NoticeAction {
  /** The word on its button, such as "Undo". */
  label: string;
  run: () => void;
}

const shownForMs = 6_000;

/** Short words about something done or not done, shown at the foot of the page and told to screen readers. */
@Injectable({ providedIn: 'root' })
export class Notifier {
  private readonly current = signal<Notice | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private count = 0;
  readonly notice = this.current.asReadonly();

  tell(text: string, action?: NoticeAction): void {
    clearTimeout(this.timer);
    this.current.set({ id: ++this.count, text, ...(action && { action }) });
    this.timer = setTimeout(() => this.dismiss(), shownForMs);
  }

  /** Does what the notice offers. */
  act(): void {
    const action = this.current()?.action;
    this.dismiss();
    action?.run();
  }

  /** Keeps what is shown as long as the reader is at it: who points at it or has the focus there is not hurried. */
  hold(): void {
    clearTimeout(this.timer);
  }

  /** The reader is elsewhere again. */
  release(): void {
    if (this.current() === null) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dismiss(), shownForMs);
  }

  dismiss(): void {
    clearTimeout(this.timer);
    this.current.set(null);
  }
}
