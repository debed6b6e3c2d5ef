import { Component, computed, inject, input, output } from '@angular/core';
import type { DocumentChange } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { diffBlocks } from './diff-blocks';

/** What one document says in two versions, with the words that came and went. */
@Component({
  selector: 'dr-diff-panel',
  imports: [ReadingState, SidePanel],
  template: `
    <dr-side-panel [heading]="change().title" [kicker]="t('versions.versionToVersion', { from: from(), to: to() })" (closed)="closed.emit()">
      <p class="soft number">
        {{ t('versions.wordsBeforeAfterPassagesAsBefore', { before: change().wordsBefore, after: change().wordsAfter, unchanged: change().passagesUnchanged, added: change().passagesAdded, removed: change().passagesRemoved }) }}
      </p>
      <dr-reading-state [reading]="diff" [failed]="t('versions.theTextsCannotBeCompared')" [rows]="8" />
      @if (diff.value(); as found) {
        @if (found.truncated) {
          <p class="trouble">{{ t('versions.theTextsAreTooLargeToBe') }}</p>
        }
        <div class="diff">
          @for (block of blocks(); track $index) {
            @switch (block.kind) {
              @case ('same') {
                <p>{{ block.text }}</p>
              }
              @case ('added') {
                <p class="added"><ins>{{ block.text }}</ins></p>
              }
              @case ('removed') {
                <p class="removed"><del>{{ block.text }}</del></p>
              }
              @case ('rewritten') {
                <p class="rewritten">
                  @for (run of block.runs; track $index) {<!--
                 -->@switch (run.kind) { @case ('added') {<ins>{{ run.text }}</ins>} @case ('removed') {<del>{{ run.text }}</del>} @default {<span>{{ run.text }}</span>} }<!--
               -->}
                </p>
              }
            }
          }
        </div>
      }
    </dr-side-panel>
  `,
  styles: `
    .diff {
      margin-top: var(--s4);
      font-family: var(--serif);
      font-size: 1.0625rem;
      line-height: var(--leading);
    }

    .diff p {
      position: relative;
      padding-left: 1.25rem;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }

    .diff p + p {
      margin-top: 0.5em;
    }

    .diff p:is(.added, .removed, .rewritten)::before {
      position: absolute;
      left: 0;
      color: var(--ink-soft);
      font-family: var(--mono);
    }

    .added::before {
      content: '+';
    }

    .removed::before {
      content: '−';
    }

    .rewritten::before {
      content: '~';
    }

    ins {
      background: color-mix(in srgb, var(--good) 18%, transparent);
      text-decoration: underline;
      text-decoration-color: var(--good);
      text-underline-offset: 0.2em;
    }

    del {
      background: var(--bad-wash);
      text-decoration-color: var(--bad);
    }
  `,
})
export class DiffPanel {
  protected readonly t = injectTranslate();
  readonly change = input.required<DocumentChange>();
  readonly from = input.required<number>();
  readonly to = input.required<number>();
  readonly closed = output();

  private readonly api = inject(CorpusApi);
  private readonly corpus = inject(Corpus);
  protected readonly diff = reading({
    params: () => ({ personaId: this.corpus.personaId(), documentId: this.change().documentId, from: this.from(), to: this.to() }),
    load: ({ personaId, documentId, from, to }, signal) => this.api.documentDiff(personaId, documentId, { from, to }, signal),
  });
  protected readonly blocks = computed(() => diffBlocks(this.diff.value()?.parts ?? []));
}
