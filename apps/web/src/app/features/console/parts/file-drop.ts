import { Component, input, output, signal } from '@angular/core';
import { Icon } from '../../../shared/icon';

/** Takes files by choice or by drop. */
@Component({
  selector: 'dr-file-drop',
  imports: [Icon],
  template: `
    <div class="drop" [class.over]="over()" (dragover)="hover($event, true)" (dragleave)="hover($event, false)" (drop)="drop($event)">
      <p>{{ invitation() }}</p>
      <label class="button-quiet"><dr-icon name="upload" /> {{ choose() }}<input #field type="file" class="visually-hidden" [multiple]="multiple()" [accept]="accept()" (change)="take(field)" /></label>
      <p class="hint"><ng-content /></p>
    </div>
  `,
  styleUrl: './file-drop.css',
})
export class FileDrop {
  readonly invitation = input.required<string>();
  readonly choose = input.required<string>();
  readonly accept = input('');
  /** Whether more than one can be chosen at once. */
  readonly multiple = input(false);
  readonly files = output<File[]>();

  protected readonly over = signal(false);

  protected take(field: HTMLInputElement): void {
    const files = [...(field.files ?? [])];
    // The same file may be chosen again.
    field.value = '';
    if (files.length > 0) this.files.emit(files);
  }

  protected hover(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over.set(over);
  }

  protected drop(event: DragEvent): void {
    this.hover(event, false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.files.emit(files);
  }
}
