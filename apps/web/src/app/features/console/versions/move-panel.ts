import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { textOf } from '../parts/form-field';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SidePanel } from '../parts/side-panel';
import { ComparisonTotals } from './comparison-totals';
import { moveTo } from './version-words';

/** What publishing a version, or going back to one, would change; and the button that does it. */
@Component({
  selector: 'dr-move-panel',
  imports: [ComparisonTotals, ReadingState, RouterLink, SidePanel],
  template: `
    <dr-side-panel [heading]="heading()" [kicker]="corpus.persona.value()?.name" (closed)="closed.emit()">
      @if (publishedVersion() > 0) {
        <p>{{ t('versions.besideVersionWhichIsPublishedNow', { version: publishedVersion() }) }}</p>
        <dr-reading-state [reading]="comparison" [failed]="t('versions.theTwoCannotBeCompared')" [rows]="3" />
        @if (comparison.value(); as found) {
          <dr-comparison-totals [comparison]="found" />
        }
        <p class="all"><a routerLink="../compare" [queryParams]="{ from: publishedVersion(), to: version().version }">{{ t('versions.everyDocumentThatDiffers') }}</a></p>
      } @else {
        <p>{{ t('versions.itIsTheFirstVersionThatAnybody') }}</p>
      }
      <form #form class="fields panel-section" (submit)="$event.preventDefault(); go(form)">
        <div class="field">
          <label for="move-note">{{ t('versions.why') }}</label>
          <input id="move-note" name="note" maxlength="500" autocomplete="off" [placeholder]="t('versions.forThoseWhoReadTheListLater')" />
        </div>
        <p class="hint">{{ t('versions.repliesThatAreBeingWrittenStayWith', { version: version().version }) }}</p>
        <div class="form-end">
          <button type="submit" class="button" [attr.aria-disabled]="act.busy() !== null">{{ act.busy() ? t('versions.oneMoment') : heading() }}</button>
          <button type="button" class="button-quiet" (click)="closed.emit()">{{ t('app.leaveIt') }}</button>
        </div>
      </form>
    </dr-side-panel>
  `,
  styles: `
    .all {
      margin-top: var(--s2);
    }
  `,
})
export class MovePanel {
  protected readonly t = injectTranslate();
  readonly version = input.required<CorpusVersion>();
  readonly publishedVersion = input.required<number>();
  readonly closed = output();
  /** The version that becomes the published one. */
  readonly moved = output<number>();

  private readonly api = inject(CorpusApi);
  protected readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  private readonly back = computed(() => moveTo(this.version(), this.publishedVersion()) === 'roll back');
  protected readonly heading = computed(() => (this.back() ? this.t('versions.rollBackToVersion', { version: this.version().version }) : this.t('versions.publishVersion', { version: this.version().version })));
  protected readonly comparison = reading({
    params: () => (this.publishedVersion() > 0 ? { personaId: this.corpus.personaId(), from: this.publishedVersion(), to: this.version().version } : undefined),
    load: ({ personaId, from, to }, signal) => this.api.compare(personaId, { from, to, limit: 1, offset: 0 }, signal),
  });

  protected async go(form: HTMLFormElement): Promise<void> {
    const note = textOf(new FormData(form), 'note');
    const { version } = this.version();
    const body = { version, ...(note && { note }) };
    const personaId = this.corpus.personaId();
    const done = await this.act.run(
      'move',
      async () => {
        await (this.back() ? this.api.rollBack(personaId, body) : this.api.publish(personaId, body));
        return true;
      },
      this.t('versions.whatWasPublishedStaysPublished'),
      this.back() ? this.t('versions.backToVersion', { version }) : this.t('versions.versionIsBeingPublished', { version }),
    );
    if (done) this.moved.emit(version);
  }
}
