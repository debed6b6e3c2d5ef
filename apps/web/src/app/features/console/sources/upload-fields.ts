import { Component, inject, signal } from '@angular/core';
import { Icon } from '../../../shared/icon';
import { size } from '../parts/figures';
import { StatusMark } from '../parts/status-mark';
import { UploadQueue } from './upload-queue';

const accepted = '.txt,.md,.markdown,.html,.htm,.pdf,.docx,.epub,.json,.jsonl,.vtt,.srt';

/** Takes files by choice or by drop, and shows how far each is. */
@Component({
  selector: 'dr-upload-fields',
  imports: [Icon, StatusMark],
  templateUrl: './upload-fields.html',
  styleUrl: './upload-fields.css',
})
export class UploadFields {
  protected readonly queue = inject(UploadQueue);
  protected readonly accepted = accepted;
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

  protected percent(share: number): string {
    return `${Math.floor(share * 100)} %`;
  }
}
