import { Injectable, inject } from '@angular/core';
import { MatDialog, type MatDialogConfig } from '@angular/material/dialog';
import type { Citation, Turn } from '@dramatis/contracts/turn';
import type { ShareDialogData } from './share-dialog';

/** What the document sheet is asked to show. */
export interface DocumentSheetData {
  citation: Citation;
  hue: number;
}

/** The sheets at the side of a conversation. Their code is fetched when the first is opened. */
@Injectable()
export class Sheets {
  private readonly dialog = inject(MatDialog);

  openDocument(citation: Citation, hue: number): void {
    const data: DocumentSheetData = { citation, hue };
    void import('./document-sheet').then(({ DocumentSheet }) => this.dialog.open(DocumentSheet, { ...atTheSide, data }));
  }

  openShare(data: ShareDialogData): void {
    const config: MatDialogConfig = { data, width: '36rem', maxWidth: 'calc(100vw - 2rem)', restoreFocus: true };
    void import('./share-dialog').then(({ ShareDialog }) => this.dialog.open(ShareDialog, config));
  }

  openProvenance(turn: Turn): void {
    void import('./provenance-sheet').then(({ ProvenanceSheet }) => this.dialog.open(ProvenanceSheet, { ...atTheSide, data: turn }));
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
