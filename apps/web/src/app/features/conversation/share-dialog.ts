import { Component, computed, inject, signal } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { Notifier } from '../../core/notifier';
import { type Problem, asProblem } from '../../core/problem';
import { Icon } from '../../shared/icon';
import { exactTime } from '../../shared/relative-time';

export interface ShareDialogData {
  conversationId: string;
  personaName: string;
  /** When the present link was made; null without one. */
  sharedAt: string | null;
  /** Told when a link was made or revoked. */
  changed: (sharedAt: string | null) => void;
}

/** Makes the link that shows a conversation to others, and takes it back. */
@Component({
  selector: 'dr-share-dialog',
  imports: [Icon, MatDialogModule],
  templateUrl: './share-dialog.html',
  styleUrl: './share-dialog.css',
})
export class ShareDialog {
  protected readonly t = injectTranslate();
  protected readonly data = inject<ShareDialogData>(MAT_DIALOG_DATA);
  private readonly api = inject(ApiClient);
  private readonly notifier = inject(Notifier);
  private readonly token = signal<string | null>(null);

  protected readonly sharedAt = signal(this.data.sharedAt);
  protected readonly since = computed(() => {
    const sharedAt = this.sharedAt();
    return sharedAt === null ? null : exactTime(this.t, sharedAt);
  });
  /** Known only from when it is made to when the dialog closes: the server keeps no more than its hash. */
  protected readonly link = computed(() => {
    const token = this.token();
    return token === null ? null : `${location.origin}/shared/${token}`;
  });
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected make(): Promise<void> {
    return this.change(async () => {
      const { token, sharedAt } = await this.api.shareConversation(this.data.conversationId);
      this.token.set(token);
      return sharedAt;
    });
  }

  protected revoke(): Promise<void> {
    return this.change(async () => {
      await this.api.revokeShare(this.data.conversationId);
      this.token.set(null);
      return null;
    });
  }

  protected async copy(field: HTMLInputElement): Promise<void> {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      this.notifier.tell(this.t('conversation.theLinkIsCopied'));
    } catch {
      this.notifier.tell(this.t('conversation.linkNotCopied'));
    }
  }

  private async change(act: () => Promise<string | null>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      const sharedAt = await act();
      this.sharedAt.set(sharedAt);
      this.data.changed(sharedAt);
    } catch (error) {
      this.problem.set(asProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
