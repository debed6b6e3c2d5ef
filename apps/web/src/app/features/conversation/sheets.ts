import type { ComponentType } from '@angular/cdk/portal';
import { DestroyRef, Injectable, inject } from '@angular/core';
import { MatDialog, type MatDialogConfig, type MatDialogRef } from '@angular/material/dialog';
import type { Citation, Turn } from '@dramatis/contracts/turn';
import type { ShareDialogData } from './share-dialog';

/** What the document sheet is asked to show. */
export interface DocumentSheetData {
  citation: Citation;
  hue: number;
}

/** The sheets at the side of a conversation. Their code is fetched when the first is opened; they go with the page. */
@Injectable()
export class Sheets {
  private readonly dialog = inject(MatDialog);
  private readonly opened = new Set<MatDialogRef<unknown>>();
  private left = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.left = true;
      this.opened.forEach((sheet) => sheet.close());
    });
  }

  openDocument(citation: Citation, hue: number): void {
    const data: DocumentSheetData = { citation, hue };
    void import('./document-sheet').then(({ DocumentSheet }) => this.show(DocumentSheet, { ...atTheSide, data }));
  }

  openShare(data: ShareDialogData): void {
    const config: MatDialogConfig = { data, width: '36rem', maxWidth: 'calc(100vw - 2rem)', restoreFocus: true };
    void import('./share-dialog').then(({ ShareDialog }) => this.show(ShareDialog, config));
  }

  openProvenance(turn: Turn): void {
    void import('./provenance-sheet').then(({ ProvenanceSheet }) => this.show(ProvenanceSheet, { ...atTheSide, data: turn }));
  }

  private show<T>(sheet: ComponentType<T>, config: MatDialogConfig): void {
    // The code may have come when the reader was on another page already.
    if (this.left) return;
    const opened: MatDialogRef<unknown> = this.dialog.open(sheet, config);
    this.opened.add(opened);
    opened.afterClosed().subscribe(() => this.opened.delete(opened));
  }
}

const atTheSide: MatDialogConfig = {
  position: { top: '0', right: '0' },
  width: 'min(40rem, 100vw)',
  maxWidth: '100vw',
  height: '100dvh',
  panelClass: 'side-sheet',
  autoFocus: 'first-heading',
  enterAnimationDuration: '120ms',
  exitAnimationDuration: '80ms',
};
