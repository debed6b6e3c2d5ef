import { Component, inject, signal } from '@angular/core';
import { acceptedDocumentTypes, documentFormatNames } from '@dramatis/contracts/document-formats';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';
import { percent, size } from '../parts/figures';
import { StatusMark } from '../parts/status-mark';
import { maxUploadWords } from './limits';
import { UploadQueue } from './upload-queue';

/** Takes files by choice or by drop, and shows how far each is. */
@Component({
  selector: 'dr-upload-fields',
  imports: [Icon, StatusMark],
  templateUrl: './upload-fields.html',
  styleUrl: './upload-fields.css',
})
export class UploadFields {
  protected readonly t = injectTranslate();
  protected readonly queue = inject(UploadQueue);
  protected readonly accepted = acceptedDocumentTypes;
  protected readonly formats = documentFormatNames.join(', ');
  protected readonly limit = maxUploadWords;
  protected readonly percent = percent;
  protected readonly size = size;
  protected readonly over = signal(false);

  protected choose(field: HTMLInputElement): void {
    this.queue.add(field.files ?? []);
    // The same file may be chosen again after it was taken off the list.
    field.value = '';
  }

  protected hover(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over.set(over);
  }

  protected drop(event: DragEvent): void {
    this.hover(event, false);
    this.queue.add(event.dataTransfer?.files ?? []);
  }
}
