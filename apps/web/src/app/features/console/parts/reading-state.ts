import { Component, input } from '@angular/core';
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
        <dr-stage-direction role="alert" [direction]="problem.status === 403 ? 'This is not yours to see.' : failed()" [message]="problem.message">
          @if (problem.passing) {
            <button type="button" class="button" (click)="reading().reload()">Try again</button>
          }
          <ng-content />
        </dr-stage-direction>
      } @else {
        <dr-table-skeleton [rows]="rows()" />
      }
    } @else if (problem) {
      <p class="trouble" role="status">
        <span>What you see may be out of date. {{ problem.message }}</span>
        <button type="button" class="text-button" (click)="reading().reload()">Try again</button>
      </p>
    }
  `,
})
export class ReadingState {
  readonly reading = input.required<Reading<unknown>>();
  /** What to say when it cannot be shown, as a sentence. */
  readonly failed = input('This cannot be shown.');
  readonly rows = input(6);
}
