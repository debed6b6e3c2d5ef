import { Component, inject } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { injectTranslate } from '../../i18n/language';
import type { Question } from './confirm';

/** Closes with true to go on. */
@Component({
  selector: 'dr-confirm-dialog',
  imports: [MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ question.heading }}</h2>
    <mat-dialog-content><p>{{ question.message }}</p></mat-dialog-content>
    <mat-dialog-actions>
      <button type="button" class="button-quiet" mat-dialog-close cdkFocusInitial>{{ question.otherwise ?? t('app.leaveIt') }}</button>
      <button type="button" class="button" [mat-dialog-close]="true">{{ question.action }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      color: var(--ink);
      font-family: var(--serif);
      font-size: var(--size-body);
      text-wrap: pretty;
    }

    mat-dialog-actions {
      justify-content: flex-end;
      gap: var(--s3);
      padding: var(--s3) var(--s5) var(--s5);
    }
  `,
})
export class ConfirmDialog {
  protected readonly t = injectTranslate();
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}
