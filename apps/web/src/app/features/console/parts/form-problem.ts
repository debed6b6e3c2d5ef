import { Component, computed, input } from '@angular/core';
import type { Problem } from '../../../core/problem';
import { fieldWords } from './field-words';

/** Why a form was not taken: what was wrong, field by field where the server tells it. */
@Component({
  selector: 'dr-form-problem',
  template: `
    @if (problem(); as problem) {
      <div class="form-problem" role="alert">
        @if (issues(); as issues) {
          <p>Not everything can be taken as it stands.</p>
          <ul>
            @for (issue of issues; track $index) {
              <li>{{ issue }}</li>
            }
          </ul>
        } @else {
          <p>{{ problem.message }}</p>
        }
      </div>
    }
  `,
})
export class FormProblem {
  readonly problem = input.required<Problem | null>();
  /** One sentence for each field that is wrong; null where the server names none. */
  protected readonly issues = computed(() => {
    const issues = this.problem()?.document?.issues ?? [];
    return issues.length > 0 ? issues.map(({ path, message }) => (path ? `${fieldWords(path)} ${message}` : message)) : null;
  });
}
