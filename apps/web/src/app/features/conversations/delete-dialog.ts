import { Component, inject } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import type { Conversation } from '@dramatis/contracts/conversation';

/** Asks before a conversation goes for good. Closes with true to delete it. */
@Component({
  selector: 'dr-delete-dialog',
  imports: [MatDialogModule],
  template: `
    <h2 mat-dialog-title>Delete this conversation?</h2>
    <mat-dialog-content>
      <p>
        @if (conversation.title; as title) {
          <q>{{ title }}</q>, with {{ conversation.personaName }},
        } @else {
          The conversation with {{ conversation.personaName }}
        }
        will be gone for good{{ exchanges }}.
        @if (conversation.runningTurnId) {
          The reply that is being written stops.
        }
      </p>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button type="button" class="button-quiet" mat-dialog-close cdkFocusInitial>Keep it</button>
      <button type="button" class="button" [mat-dialog-close]="true">Delete</button>
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
export class DeleteDialog {
  protected readonly conversation = inject<Conversation>(MAT_DIALOG_DATA);
  protected readonly exchanges = exchangesInWords(this.conversation.turnCount);
}

function exchangesInWords(turnCount: number): string {
  if (turnCount === 0) return '';
  return turnCount === 1 ? ', with its one exchange' : `, with all ${turnCount} exchanges`;
}
