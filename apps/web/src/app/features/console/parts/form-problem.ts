import { Component, input } from '@angular/core';
import type { Problem } from '../../../core/problem';

/** Why a form was not taken: what was wrong, field by field where the server tells it. */
@Component({
  selector: 'dr-form-problem',
  template: `
    @if (problem(); as problem) {
      <div class="form-problem" role="alert">
        <p>{{ problem.message }}</p>
        @if (problem.document?.issues; as issues) {
          <ul>
            @for (issue of issues; track $index) {
              <li>{{ issue.path ? issue.path.replaceAll('/', ' › ') + ': ' : '' }}{{ issue.message }}</li>
            }
          </ul>
        }
      </div>
    }
  `,
})
export class FormProblem {
  readonly problem = input.required<Problem | null>();
}
