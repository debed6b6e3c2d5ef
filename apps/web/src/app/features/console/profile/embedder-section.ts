import { Component, computed, inject } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { Confirm } from '../../../shared/confirm';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark, type Tone } from '../parts/status-mark';

/** Which embedder the corpus is searched with, and the switch to another. */
@Component({
  selector: 'dr-embedder-section',
  imports: [Ago, ReadingState, StatusMark],
  providers: [Act],
  template: `
    <h2>{{ t('profile.embedder') }}</h2>
    <dr-reading-state [reading]="embedder" [failed]="t('profile.theEmbedderCannotBeShown')" [rows]="2" />
    @if (embedder.value(); as shown) {
      <p>
        @if (shown.embedder) {
          {{ t('profile.thePassagesAreSearchedByMeaning') }} <code>{{ shown.embedder }}</code>.
        } @else {
          {{ t('profile.theFirstVersionWillTakeThe') }}
        }
      </p>
      @if (shown.lastSwitch; as last) {
        <p class="switch">
          <dr-status-mark [tone]="tone()">{{ words() }}</dr-status-mark>
          @if (last.status === 'running' && last.stage === 'embedding') {
            <progress [max]="last.passages || 1" [value]="last.embedded" [attr.aria-label]="t('profile.passagesEmbeddedAgain')"></progress>
            <span class="number">{{ last.passages > 0 ? t('profile.ofPassages', { embedded: last.embedded, passages: last.passages }) : t('profile.countingThePassages') }}</span>
            <button type="button" class="text-button" [attr.aria-disabled]="act.busy() !== null" (click)="cancel()">{{ t('profile.cancelTheSwitch') }}</button>
          } @else {
            <span class="soft"><dr-ago [at]="last.endedAt ?? last.startedAt" /></span>
          }
          @if (installation.temporalLink(last.workflowId); as link) {
            <a [href]="link" target="_blank" rel="noopener">{{ t('console.temporalUi') }}</a>
          }
        </p>
        @if (last.failure) {
          <p class="trouble">{{ last.failure }}</p>
        }
      }
      @if (others().length > 0 && shown.lastSwitch?.status !== 'running') {
        <form class="filters" (submit)="$event.preventDefault(); change(choice.value)">
          <label for="embedder-choice">{{ t('profile.switchTo') }}</label>
          <select #choice id="embedder-choice">
            @for (other of others(); track other.embedder) {
              <option [value]="other.embedder">{{ t('profile.dimensions', { model: other.model, provider: other.provider, dimensions: other.dimensions }) }}</option>
            }
          </select>
          <button type="submit" class="button-quiet" [attr.aria-disabled]="act.busy() !== null">{{ t('profile.switch') }}</button>
        </form>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      margin-top: var(--s5);
      padding-top: var(--s4);
      border-top: 1px solid var(--rule);
    }

    .switch {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: var(--s1) var(--s4);
      margin-top: var(--s2);
    }

    progress {
      height: 0.375rem;
      accent-color: var(--accent);
    }
  `,
})
export class EmbedderSection {
  protected readonly t = injectTranslate();
  private readonly api = inject(CorpusApi);
  private readonly corpus = inject(Corpus);
  private readonly confirm = inject(Confirm);
  protected readonly act = inject(Act);
  protected readonly installation = inject(Installation);

  protected readonly embedder = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.embedder(personaId, signal),
    every: ({ lastSwitch }) => (lastSwitch?.status === 'running' ? 1_500 : null),
  });
  private readonly configured = reading({ params: () => true, load: (_, signal) => this.api.embedders(signal) });
  protected readonly others = computed(() => (this.configured.value()?.items ?? []).filter(({ embedder }) => embedder !== this.embedder.value()?.embedder));
  protected readonly tone = computed<Tone>(() => {
    const tones: Record<string, Tone> = { running: 'busy', completed: 'good', cancelled: 'quiet', failed: 'bad' };
    return tones[this.embedder.value()?.lastSwitch?.status ?? ''] ?? 'quiet';
  });
  protected readonly words = computed(() => {
    const last = this.embedder.value()?.lastSwitch;
    if (!last) return '';
    const words = { running: last.stage === 'clearing' ? this.t('profile.clearingWhatTheFormerOneLeft') : this.t('profile.switching'), completed: this.t('profile.switched'), cancelled: this.t('profile.theSwitchWasCancelled'), failed: this.t('profile.theSwitchFailed') };
    return this.t('profile.switchState', { status: words[last.status], to: last.to });
  });

  protected async change(embedder: string): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.t('profile.switchTheEmbedder'),
      message: this.t('profile.allPassagesAreEmbeddedAgainWithThe', { embedder }),
      action: this.t('profile.switch'),
    });
    if (!sure) return;
    const begun = await this.act.run('switch', () => this.api.switchEmbedder(this.corpus.personaId(), embedder), this.t('profile.theEmbedderWasNotSwitched'));
    if (begun) await this.embedder.reload();
  }

  protected async cancel(): Promise<void> {
    const done = await this.act.run('cancel', () => this.api.cancelSwitch(this.corpus.personaId()), this.t('profile.theSwitchWasNotCancelled'));
    if (done) await this.embedder.reload();
  }
}
