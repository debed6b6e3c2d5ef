import { Component, inject } from '@angular/core';
import { acceptedDocumentTypes, documentFormatNames } from '@dramatis/contracts/document-formats';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';
import { percent, size } from '../parts/figures';
import { FileDrop } from '../parts/file-drop';
import { StatusMark } from '../parts/status-mark';
import { maxUploadWords } from './limits';
import { UploadQueue } from './upload-queue';

/** Takes files by choice or by drop, and shows how far each is. */
@Component({
  selector: 'dr-upload-fields',
  imports: [FileDrop, Icon, StatusMark],
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
}
