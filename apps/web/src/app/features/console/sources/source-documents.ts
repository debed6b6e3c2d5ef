import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { DocumentState, IngestedDocument } from '@dramatis/contracts/ingestion';
import type { Source } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { KnowledgeApi } from '../api/knowledge-api';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark } from '../parts/status-mark';
import { reasonWords } from '../parts/reason-words';
import { stateTones } from '../runs/run-words';
import { isWebSource } from './limits';

const step = 20;
const most = 200;

/** What a source holds, with the last state of each; texts and files can be taken out. */
@Component({
  selector: 'dr-source-documents',
  imports: [ReadingState, RouterLink, StatusMark],
  template: `
    <dr-reading-state [reading]="documents" [failed]="t('sources.itsDocumentsCannotBeShown')" [rows]="2" />
    @if (documents.value(); as list) {
      @if (list.items.length > 0) {
        <table>
          <tbody>
            @for (item of list.items; track item.documentId) {
              <tr>
                <th scope="row">
                  @if (item.ingestionId) {
                    <a class="row-link" [routerLink]="['/console/corpora', source().personaId, 'runs', item.ingestionId]" [queryParams]="{ document: item.documentId }">{{ item.title }}</a>
                  } @else {
                    {{ item.title }}
                  }
                  @if (item.reason) {
                    <span class="below">{{ reasonWords(t, item) }}</span>
                  }
                </th>
                <td class="tight">
                  @if (gone().has(item.documentId)) {
                    <dr-status-mark tone="quiet">{{ t('sources.leavesWithTheNextRun') }}</dr-status-mark>
                  } @else if (item.state; as state) {
                    <dr-status-mark [tone]="stateTones[state]">{{ t(stateKey(state)) }}</dr-status-mark>
                  } @else {
                    <dr-status-mark tone="quiet">{{ t('sources.notYet') }}</dr-status-mark>
                  }
                </td>
                @if (removable()) {
                  <td class="row-actions">
                    @if (!gone().has(item.documentId)) {
                      <button type="button" class="text-button" [attr.aria-label]="t('sources.takeOutNamed', { title: item.title })" (click)="takenOut.emit(item)">{{ t('sources.takeOut') }}</button>
                    }
                  </td>
                }
              </tr>
            }
          </tbody>
        </table>
        @if (list.items.length < list.total) {
          <p class="soft">
            {{ t('sources.documentsOf', { shown: list.items.length, total: list.total }) }}
            @if (shown() < most) {
              <button type="button" class="text-button" (click)="shown.set(most)">{{ t('sources.showMore') }}</button>
            }
          </p>
        }
      }
    }
  `,
})
export class SourceDocuments {
  protected readonly t = injectTranslate();
  protected readonly reasonWords = reasonWords;
  readonly source = input.required<Source>();
  /** Those that were taken out just now: the list is as the last run left it until the next one. */
  readonly gone = input<ReadonlySet<string>>(new Set());
  readonly takenOut = output<IngestedDocument>();

  private readonly api = inject(KnowledgeApi);
  protected readonly shown = linkedSignal({ source: () => this.source().sourceId, computation: () => step });
  protected readonly documents = reading({
    // Read again when the source has changed.
    params: () => ({ sourceId: this.source().sourceId, updatedAt: this.source().updatedAt, limit: this.shown() }),
    load: ({ sourceId, limit }, signal) => this.api.sourceDocuments(sourceId, { limit }, signal),
    keep: true,
  });
  protected readonly removable = computed(() => !isWebSource(this.source().kind) && !this.source().removed);
  protected readonly most = most;
  protected readonly stateTones = stateTones;

  protected stateKey(state: DocumentState) {
    return `console.documentState.${state}` as const;
  }
}
