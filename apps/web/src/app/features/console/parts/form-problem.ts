import { Component, computed, input } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { type Problem, issueWords } from '../../../core/problem';
import { fieldWords } from './field-words';

/** Why a form was not taken: what was wrong, field by field where the server tells it. */
@Component({
  selector: 'dr-form-problem',
  template: `
    @if (problem(); as problem) {
      <div class="form-problem" role="alert">
        @if (issues(); as issues) {
          <p>{{ t('console.notEverythingCanBeTakenAsIt') }}</p>
          <ul>
            @for (issue of issues; track $index) {
              <li>{{ issue }}</li>
            }
          </ul>
        } @else {
          <p>{{ problem.words(t) }}</p>
        }
      </div>
    }
  `,
})
export class FormProblem {
  protected readonly t = injectTranslate();
  readonly problem = input.required<Problem | null>();
  /** One sentence for each field that is wrong; null where the server names none. */
  protected readonly issues = computed(() => {
    const issues = this.problem()?.document?.issues ?? [];
    return issues.length > 0 ? issues.map((issue) => (issue.path ? `${fieldWords(this.t, issue.path)} ${issueWords(this.t, issue)}` : issueWords(this.t, issue))) : null;
  });
}
