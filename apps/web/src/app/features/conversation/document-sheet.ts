import { Component, ElementRef, afterRenderEffect, computed, inject, resource, viewChild } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { asProblem } from '../../core/problem';
import { Rights } from '../../core/rights';
import { Icon } from '../../shared/icon';
import { PersonaHue } from '../../shared/persona-hue';
import { markPassage } from './marked-document';
import type { DocumentSheetData } from './sheets';

/** The document behind a citation, with the passage marked. */
@Component({
  selector: 'dr-document-sheet',
  imports: [MatDialogTitle, MatDialogContent, MatDialogClose, PersonaHue, Icon, RouterLink],
  templateUrl: './document-sheet.html',
  styleUrls: ['./sheet.css', './document-sheet.css'],
})
export class DocumentSheet {
  protected readonly t = injectTranslate();
  protected readonly data = inject<DocumentSheetData>(MAT_DIALOG_DATA);
  protected readonly rights = inject(Rights);
  private readonly api = inject(ApiClient);
  private readonly marks = viewChild<unknown, ElementRef<HTMLElement>>('passage', { read: ElementRef });

  protected readonly found = resource({ loader: ({ abortSignal }) => this.api.passage(this.data.citation.passageId, abortSignal) });
  protected readonly problem = computed(() => (this.found.error() ? asProblem(this.found.error()) : null));
  protected readonly paragraphs = computed(() => {
    if (!this.found.hasValue()) return null;
    const { passage, document } = this.found.value();
    return markPassage(document.text, passage.startOffset, passage.endOffset);
  });
  constructor() {
    afterRenderEffect(() => this.marks()?.nativeElement.scrollIntoView({ block: 'center' }));
  }
}
