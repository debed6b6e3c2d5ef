import { signal } from '@angular/core';
import type { Subscription } from 'rxjs';
import { asProblem } from '../../core/problem';
import type { TurnStream } from '../../core/turns/turn-stream';
import { applyTurnEvent } from '../../core/turns/turn-state';
import type { TurnView } from './exchange';

/** The turns of the branch that is shown, oldest first, each as far as its events have come. */
export class ConversationBranch {
  private readonly turns = signal<TurnView[]>([]);
  readonly views = this.turns.asReadonly();
  private readonly followed = new Map<string, Subscription>();

  /** @param ended told whenever no more can come of a turn that was followed */
  constructor(
    private readonly stream: Pick<TurnStream, 'follow'>,
    private readonly ended: () => void,
  ) {}

  set(views: TurnView[]): void {
    this.turns.set(views);
  }

  update(change: (views: TurnView[]) => TurnView[]): void {
    this.turns.update(change);
  }

  change(requestId: string, change: Partial<TurnView>): void {
    this.update((views) => views.map((view) => (view.requestId === requestId ? { ...view, ...change } : view)));
  }

  changeState(requestId: string, change: (state: NonNullable<TurnView['state']>) => TurnView['state']): void {
    this.update((views) => views.map((view) => (view.requestId === requestId && view.state ? { ...view, state: change(view.state) } : view)));
  }

  followRunning(): void {
    for (const { requestId, state } of this.views()) {
      if (state && state.phase !== 'ended') this.follow(requestId, state.turnId);
    }
  }

  follow(requestId: string, turnId: string): void {
    if (this.followed.has(turnId)) return;
    const after = this.views().find((view) => view.requestId === requestId)?.state?.lastEventId ?? 0;
    const subscription = this.stream.follow(turnId, after).subscribe({
      next: (event) => {
        this.change(requestId, { delivery: 'taken' });
        this.changeState(requestId, (state) => applyTurnEvent(state, event));
      },
      error: (error: unknown) => {
        this.followed.delete(turnId);
        this.ended();
        this.change(requestId, { problem: asProblem(error) });
      },
      complete: () => {
        this.followed.delete(turnId);
        this.ended();
      },
    });
    if (!subscription.closed) this.followed.set(turnId, subscription);
  }

  /** Follows nothing any more, and shows nothing. */
  leave(): void {
    for (const subscription of this.followed.values()) subscription.unsubscribe();
    this.followed.clear();
    this.set([]);
  }
}
