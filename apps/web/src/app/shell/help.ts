import { Injectable, Injector, inject } from '@angular/core';

/** Opens the help sheet; its code, and the dialog's, are fetched then. */
@Injectable({ providedIn: 'root' })
export class Help {
  private readonly injector = inject(Injector);

  open(): void {
    void Promise.all([import('@angular/material/dialog'), import('./help-sheet')]).then(([{ MatDialog }, { HelpSheet }]) =>
      this.injector.get(MatDialog).open(HelpSheet, { width: '26rem', maxWidth: 'calc(100vw - 2rem)', enterAnimationDuration: '120ms' }),
    );
  }
}
