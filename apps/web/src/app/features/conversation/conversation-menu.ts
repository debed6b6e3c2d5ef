import { Component, computed, inject, input, output } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { injectTranslate, Language } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import { ConversationStore } from './conversation-store';
import { Sheets } from './sheets';

/** What can be done with the whole conversation: show it to others, take it along, print it. */
@Component({
  selector: 'dr-conversation-menu',
  imports: [Icon, MatMenuModule, MatTooltip],
  host: { class: 'no-print' },
  template: `
    <button type="button" class="trigger" [attr.aria-label]="t('conversation.shareExportOrPrint')" [matTooltip]="t('conversation.shareExportOrPrint')" [matMenuTriggerFor]="menu"><dr-icon name="share" /></button>
    <mat-menu #menu="matMenu" xPosition="before">
      @if (!preview()) {
        <button mat-menu-item (click)="share()">{{ shared() ? t('conversation.sharedByLink') : t('conversation.shareByLink') }}</button>
      }
      <a mat-menu-item download [href]="file() + 'markdown&language=' + language()">{{ t('conversation.downloadAsMarkdown') }}</a>
      <a mat-menu-item download [href]="file() + 'json'">{{ t('conversation.downloadAsJsonWithAllBranches') }}</a>
      <button mat-menu-item (click)="printed.emit()">{{ t('conversation.printOrSaveAsPdf') }}</button>
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
  protected readonly t = injectTranslate();
  readonly conversationId = input.required<string>();
  readonly printed = output<void>();

  private readonly store = inject(ConversationStore);
  private readonly sheets = inject(Sheets);
  protected readonly file = computed(() => `/api/conversations/${encodeURIComponent(this.conversationId())}/export?format=`);
  protected readonly language = inject(Language).current;
  /** Previews are for nobody else. */
  protected readonly preview = computed(() => this.store.conversation()?.preview === true);
  protected readonly shared = computed(() => this.store.conversation()?.sharedAt !== null);

  protected share(): void {
    const conversation = this.store.conversation();
    if (!conversation) return;
    const { conversationId, personaName, sharedAt } = conversation;
    this.sheets.openShare({ conversationId, personaName, sharedAt, changed: (at) => this.store.setShared(conversationId, at) });
  }
}
