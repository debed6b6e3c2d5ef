import { Injectable, inject, signal } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { Notifier } from '../../../core/notifier';
import { Operator } from '../../../core/operator';
import { asProblem } from '../../../core/problem';

/** Carries out what a button asks for: one at a time, and told when it does not work. */
@Injectable()
export class Act {
  private readonly t = injectTranslate();
  private readonly notifier = inject(Notifier);
  private readonly operator = inject(Operator);
  private readonly current = signal<string | null>(null);
  /** What is being done now, by the name it was given; null when nothing is. */
  readonly busy = this.current.asReadonly();

  /** @returns what the action gave, or undefined when it failed or another was under way */
  async run<T>(name: string, action: () => Promise<T>, failure: string, done?: string): Promise<T | undefined> {
    if (this.current() !== null) return undefined;
    this.current.set(name);
    try {
      const result = await action();
      if (done) this.notifier.tell(done);
      return result;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) this.operator.refused();
      this.notifier.tell(`${failure} ${problem.words(this.t)}`);
      return undefined;
    } finally {
      this.current.set(null);
    }
  }
}
