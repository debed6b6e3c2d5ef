import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { Operator } from '../../core/operator';
import { asProblem } from '../../core/problem';
import { Icon } from '../../shared/icon';
import { Doorkeeper } from './doorkeeper';

/** Asks for the operator token, once for each tab: the way in for those who have no account. */
@Component({
  selector: 'dr-token-form',
  imports: [Icon],
  template: `
    <form (submit)="$event.preventDefault(); signIn(field.value)">
      <label for="operator-token">{{ t('console.operatorToken') }}</label>
      <input
        #field
        id="operator-token"
        type="password"
        name="token"
        autocomplete="current-password"
        spellcheck="false"
        required
        aria-describedby="token-hint token-problem"
        [attr.aria-invalid]="problem() !== null"
        (input)="problem.set(null)"
      />
      <p id="token-hint" class="hint"><code>npm start</code> {{ t('console.printsItElsewhereItIsTheSetting') }} <code>DRAMATIS_ADMIN_TOKEN</code>{{ t('console.itStaysInThisTabAndGoes') }}</p>
      <p id="token-problem" class="problem" aria-live="assertive">
        @if (problem(); as words) {
          <dr-icon name="notice" /> {{ words() }}
        }
      </p>
      <button type="submit" class="button-quiet" [attr.aria-disabled]="asking()">{{ asking() ? t('console.asking') : t('console.openTheConsole') }}</button>
    </form>
  `,
  styles: `
    form {
      display: grid;
      justify-items: start;
      gap: var(--s2);
      margin-top: var(--s4);
    }

    label {
      font-size: var(--size-small);
      font-weight: 600;
    }

    input {
      width: 100%;
      min-height: 2.75rem;
      padding: var(--s2) var(--s3);
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius);
      background: var(--paper-raised);
      font-family: var(--mono);
    }

    .hint {
      color: var(--ink-soft);
      font-size: var(--size-small);
    }

    .problem {
      display: flex;
      gap: var(--s2);
      align-items: center;
      min-height: 1.5em;
      color: var(--bad);
    }
  `,
})
export class TokenForm {
  protected readonly t = injectTranslate();
  private readonly operator = inject(Operator);
  private readonly doorkeeper = inject(Doorkeeper);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly problem = signal<(() => string) | null>(null);
  protected readonly asking = signal(false);

  protected async signIn(typed: string): Promise<void> {
    const token = typed.trim();
    if (this.asking()) return;
    if (!token) {
      this.problem.set(() => this.t('console.typeTheToken'));
      return;
    }
    this.asking.set(true);
    try {
      if (await this.doorkeeper.accepts(token)) this.operator.signIn(token);
      else {
        this.problem.set(() => this.t('console.notTheToken'));
        this.field().nativeElement.select();
      }
    } catch (error) {
      const problem = asProblem(error);
      this.problem.set(() => problem.words(this.t));
    } finally {
      this.asking.set(false);
    }
  }
}
