import { Component, input } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { TableSkeleton } from './table-skeleton';
import type { Reading } from './reading';

/**
 * What stands in place of something that is not here: its shape while it comes, or why it does not. When it is here but could not be
 * read again, one line says so.
 */
@Component({
  selector: 'dr-reading-state',
  imports: [StageDirection, TableSkeleton],
  template: `
    @let problem = reading().problem();
    @if (reading().value() === undefined) {
      @if (problem) {
        <dr-stage-direction role="alert" [direction]="problem.status === 403 ? t('console.thisIsNotYoursToSee') : (failed() ?? t('console.thisCannotBeShown'))" [message]="problem.words(t)">
          @if (problem.passing) {
            <button type="button" class="button" (click)="reading().reload()">{{ t('app.tryAgain') }}</button>
          }
          <ng-content />
        </dr-stage-direction>
      } @else {
        <dr-table-skeleton [rows]="rows()" />
      }
    } @else if (problem) {
      <p class="trouble" role="status">
        <span>{{ t('console.whatYouSeeMayBeOutOf', { message: problem.words(t) }) }}</span>
        <button type="button" class="text-button" (click)="reading().reload()">{{ t('app.tryAgain') }}</button>
      </p>
    }
  `,
})
export class ReadingState {
  protected readonly t = injectTranslate();
  readonly reading = input.required<Reading<unknown>>();
  /** What to say when it cannot be shown, as a sentence. */
  readonly failed = input<string>();
  readonly rows = input(6);
}
