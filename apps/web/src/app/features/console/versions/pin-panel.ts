import { Component, inject, input, output } from '@angular/core';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';

/** Which of one's conversations stay with a version, whatever is published. */
@Component({
  selector: 'dr-pin-panel',
  imports: [ReadingState, SidePanel],
  template: `
    <dr-side-panel [heading]="t('versions.pinToVersion', { version: version().version })" [kicker]="corpus.persona.value()?.name" (closed)="closed.emit()">
      <p>{{ t('versions.aPinnedConversationAnswersFromThis') }}</p>
      <dr-reading-state [reading]="conversations" [failed]="t('versions.theConversationsCannotBeRead')" [rows]="3" />
      @if (conversations.value()?.items; as items) {
        <table>
          <tbody>
            @for (conversation of items; track conversation.conversationId) {
              @let pinned = conversation.corpusVersion;
              <tr>
                <th scope="row">
                  {{ nameOf(conversation) }}
                  <span class="below">{{ pinned === null ? t('versions.followsWhatIsPublished') : t('versions.pinnedToVersion', { version: pinned }) }}</span>
                </th>
                <td class="row-actions">
                  @if (pinned === version().version) {
                    <button type="button" class="button-quiet" [attr.aria-disabled]="act.busy() !== null" (click)="pin(conversation, null)">{{ t('versions.letGo') }}<span class="visually-hidden"> {{ t('versions.conversationNamed', { name: nameOf(conversation) }) }}</span></button>
                  } @else {
                    <button type="button" class="button-quiet" [attr.aria-disabled]="act.busy() !== null" (click)="pin(conversation, version().version)">{{ t('versions.pin') }}<span class="visually-hidden"> {{ nameOf(conversation) }}</span></button>
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      }
      @if (conversations.value()?.total === 0) {
        <p class="soft">{{ t('versions.noConversationWithThisPersonaYet') }}</p>
      }
    </dr-side-panel>
  `,
})
export class PinPanel {
  protected readonly t = injectTranslate();
  readonly version = input.required<CorpusVersion>();
  readonly closed = output();
  readonly changed = output();

  private readonly api = inject(CorpusApi);
  protected readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  protected readonly conversations = reading({
    params: () => ({ personaId: this.corpus.personaId() }),
    load: ({ personaId }, signal) => this.api.conversations(personaId, signal),
  });

  protected nameOf({ title }: Conversation): string {
    return title ?? this.t('versions.untitledConversation');
  }

  protected async pin(conversation: Conversation, version: number | null): Promise<void> {
    const said = version === null ? this.t('versions.theConversationFollowsWhatIs') : this.t('versions.theConversationStaysWithVersion', { version });
    const done = await this.act.run('pin', () => this.api.pin(conversation.conversationId, version), this.t('versions.nothingWasChanged'), said);
    if (!done) return;
    void this.conversations.reload();
    this.changed.emit();
  }
}
