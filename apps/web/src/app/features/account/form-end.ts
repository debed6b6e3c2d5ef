import { Component, computed, inject, input } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import { accountWords } from './account-words';
import { Submission } from './submission';

/** The end of a form: what went wrong with it as a whole, and the button that sends it. Content stands beside the button. */
@Component({
  selector: 'dr-form-end',
  imports: [Icon],
  template: `
    <div role="alert">
      @if (words(); as words) {
        <p class="problem"><dr-icon name="notice" /> <span>{{ words }}</span></p>
      }
    </div>
    <div class="choices">
      <button type="submit" [class]="quiet() ? 'button-quiet' : 'button'" [attr.aria-disabled]="submission.busy() ? 'true' : null">
        {{ submission.busy() ? (busyWords() ?? t('account.oneMoment')) : action() }}
      </button>
      <ng-content />
    </div>
  `,
  styles: `
    .problem {
      display: flex;
      gap: var(--s2);
      margin-bottom: var(--s3);
      padding: var(--s2) var(--s3);
      border-left: 2px solid var(--bad);
      background: var(--bad-wash);
    }

    .problem dr-icon {
      margin-top: 0.15em;
      color: var(--bad);
    }

    .choices {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s4);
    }

    [aria-disabled='true'] {
      opacity: 0.55;
      cursor: default;
    }
  `,
})
export class FormEnd {
  protected readonly t = injectTranslate();
  /** The words on the button. */
  readonly action = input.required<string>();
  /** The words on it while what it does is under way. */
  readonly busyWords = input<string>();
  readonly quiet = input(false);
  protected readonly submission = inject(Submission);
  protected readonly words = computed(() => {
    const problem = this.submission.problem();
    return problem === null ? null : accountWords(this.t, problem);
  });
}
