import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

export interface Question {
  heading: string;
  /** What will happen, in a sentence or two. */
  message: string;
  /** The word on the button that goes on, such as "Delete". */
  action: string;
  /** The word on the button that leaves things as they are. */
  otherwise?: string;
}

/** Asks before something that cannot be undone, or that readers will notice. The dialog's code is fetched then. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly injector = inject(Injector);

  async ask(question: Question): Promise<boolean> {
    const [{ MatDialog }, { ConfirmDialog }] = await Promise.all([import('@angular/material/dialog'), import('./confirm-dialog')]);
    const dialog = this.injector.get(MatDialog).open(ConfirmDialog, { data: question, width: '28rem', maxWidth: 'calc(100vw - 2rem)', restoreFocus: true });
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
