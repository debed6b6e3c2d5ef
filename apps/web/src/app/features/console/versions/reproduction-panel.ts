import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import type { Reproduction } from '@dramatis/contracts/lineage';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { count } from '../parts/figures';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { StatusMark, type Tone } from '../parts/status-mark';

const statusWords: Record<Reproduction['status'], { words: TextKey; tone: Tone }> = {
  running: { words: 'versions.beingMadeAgain', tone: 'busy' },
  identical: { words: 'versions.theSameBitForBit', tone: 'good' },
  different: { words: 'versions.notTheSame', tone: 'bad' },
  failed: { words: 'versions.notFinished', tone: 'bad' },
};

/** Makes a version again from its originals and says whether it is the same; nothing is changed by it. */
@Component({
  selector: 'dr-reproduction-panel',
  imports: [ReadingState, SidePanel, StatusMark],
  template: `
    <dr-side-panel [heading]="t('versions.makeVersionAgain', { version: version().version })" [kicker]="corpus.persona.value()?.name" (closed)="closed.emit()">
      <p>{{ t('versions.itsDocumentsAreReadAgainFromThe') }}</p>
      @if (id() === null) {
        <p class="panel-section"><button type="button" class="button" [attr.aria-disabled]="act.busy() !== null" (click)="begin()">{{ act.busy() ? t('versions.beginning') : t('versions.begin') }}</button></p>
      } @else {
        <dr-reading-state [reading]="result" [failed]="t('versions.theResultCannotBeShown')" [rows]="3" />
      }
      @if (result.value(); as shown) {
        @let state = statusWords[shown.status];
        <p class="panel-section" role="status"><dr-status-mark [tone]="state.tone">{{ t(state.words) }}</dr-status-mark></p>
        @if (shown.failure) {
          <p class="trouble">{{ shown.failure }}</p>
        }
        <table>
          <thead><tr><th scope="col"><span class="visually-hidden">{{ t('versions.what') }}</span></th><th scope="col" class="number">{{ t('versions.inAll') }}</th><th scope="col" class="number">{{ t('versions.theSameColumn') }}</th><th scope="col" class="number">{{ t('versions.different') }}</th></tr></thead>
          <tbody>
            @for (row of rows(); track row.name) {
              <tr><th scope="row">{{ row.name }}</th><td class="number">{{ count(t, row.total) }}</td><td class="number">{{ count(t, row.identical) }}</td><td class="number" [class.bad]="row.different > 0">{{ count(t, row.different) }}</td></tr>
            }
          </tbody>
        </table>
        <dl class="facts panel-section">
          @if (shown.recordedHash; as hash) {
            <dt>{{ t('versions.asStored') }}</dt><dd><code>{{ hash }}</code></dd>
          }
          @if (shown.rebuiltHash; as hash) {
            <dt>{{ t('versions.madeAgain') }}</dt><dd><code>{{ hash }}</code></dd>
          }
          @if (installation.temporalLink(shown.workflowId); as link) {
            <dt>{{ t('versions.workflow') }}</dt><dd><a [href]="link" target="_blank" rel="noopener">{{ t('console.temporalUi') }}</a></dd>
          }
        </dl>
        @if (shown.differences.length > 0) {
          <section class="panel-section">
            <h3>{{ t('versions.differences') }}</h3>
            <table>
              <tbody>
                @for (difference of shown.differences; track $index) {
                  <tr><th scope="row">{{ difference.title }}<span class="below">{{ difference.reason }}</span></th></tr>
                }
              </tbody>
            </table>
            @if (shown.differencesLeftOut > 0) {
              <p class="hint">{{ t('versions.moreAreNotListed', { count: shown.differencesLeftOut }) }}</p>
            }
          </section>
        }
      }
    </dr-side-panel>
  `,
})
export class ReproductionPanel {
  protected readonly t = injectTranslate();
  readonly version = input.required<CorpusVersion>();
  readonly closed = output();

  private readonly api = inject(CorpusApi);
  protected readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  protected readonly installation = inject(Installation);
  protected readonly id = signal<string | null>(null);
  protected readonly result = reading({
    params: () => this.id() ?? undefined,
    load: (id, signal) => this.api.reproduction(this.corpus.personaId(), id, signal),
    every: ({ status }) => (status === 'running' ? 1_500 : null),
  });
  protected readonly rows = computed(() => {
    const shown = this.result.value();
    return shown ? [{ name: this.t('console.documents'), ...shown.documents }, { name: this.t('console.passages'), ...shown.passages }] : [];
  });
  protected readonly statusWords = statusWords;
  protected readonly count = count;

  protected async begin(): Promise<void> {
    const begun = await this.act.run('reproduce', () => this.api.reproduce(this.corpus.personaId(), this.version().version), this.t('versions.itWasNotBegun'));
    if (begun) this.id.set(begun.reproductionId);
  }
}
