import { Component, computed, inject, input, output } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../../shared/icon';
import { ConversationStore } from './conversation-store';
import { Sheets } from './sheets';

/** What can be done with the whole conversation: show it to others, take it along, print it. */
@Component({
  selector: 'dr-conversation-menu',
  imports: [Icon, MatMenuModule, MatTooltip],
  host: { class: 'no-print' },
  template: `
    <button type="button" class="trigger" aria-label="Share, export or print" matTooltip="Share, export or print" [matMenuTriggerFor]="menu"><dr-icon name="share" /></button>
    <mat-menu #menu="matMenu" xPosition="before">
      <button mat-menu-item (click)="share()">{{ shared() ? 'Shared by link…' : 'Share by link…' }}</button>
      <a mat-menu-item download [href]="file() + 'markdown'">Download as Markdown</a>
      <a mat-menu-item download [href]="file() + 'json'">Download as JSON, with all branches</a>
      <button mat-menu-item (click)="printed.emit()">Print, or save as PDF</button>
    </mat-menu>
  `,
  styles: `
    .trigger {
      display: inline-grid;
      place-items: center;
      width: 2.5rem;
      height: 2.5rem;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      color: var(--ink-soft);
    }

    .trigger:hover {
      background: var(--paper-sunk);
      color: var(--ink);
    }
  `,
})
export class ConversationMenu {
  readonly conversationId = input.required<string>();
  readonly printed = output<void>();

  private readonly store = inject(ConversationStore);
  private readonly sheets = inject(Sheets);
  protected readonly file = computed(() => `/api/conversations/${encodeURIComponent(this.conversationId())}/export?format=`);
  protected readonly shared = computed(() => this.store.conversation()?.sharedAt !== null);

  protected share(): void {
    const conversation = this.store.conversation();
    if (!conversation) return;
    const { conversationId, personaName, sharedAt } = conversation;
    this.sheets.openShare({ conversationId, personaName, sharedAt, changed: (at) => this.store.setShared(conversationId, at) });
  }
}
