import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
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
        <p>Beside version {{ publishedVersion() }}, which is published now:</p>
        <dr-reading-state [reading]="comparison" failed="The two cannot be compared." [rows]="3" />
        @if (comparison.value(); as found) {
          <dr-comparison-totals [comparison]="found" />
        }
        <p class="all"><a routerLink="../compare" [queryParams]="{ from: publishedVersion(), to: version().version }">Every document that differs</a></p>
      } @else {
        <p>It is the first version that anybody will see.</p>
      }
      <form #form class="fields panel-section" (submit)="$event.preventDefault(); go(form)">
        <div class="field">
          <label for="move-note">Why</label>
          <input id="move-note" name="note" maxlength="500" autocomplete="off" placeholder="For those who read the list later" />
        </div>
        <p class="hint">Replies that are being written stay with the version they began with. Every reply from then on uses version {{ version().version }}.</p>
        <div class="form-end">
          <button type="submit" class="button" [attr.aria-disabled]="act.busy() !== null">{{ act.busy() ? 'One moment' : heading() }}</button>
          <button type="button" class="button-quiet" (click)="closed.emit()">Leave it</button>
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
  readonly version = input.required<CorpusVersion>();
  readonly publishedVersion = input.required<number>();
  readonly closed = output();
  /** The version that becomes the published one. */
  readonly moved = output<number>();

  private readonly api = inject(CorpusApi);
  protected readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  private readonly back = computed(() => moveTo(this.version(), this.publishedVersion()) === 'roll back');
  protected readonly heading = computed(() => (this.back() ? `Roll back to version ${this.version().version}` : `Publish version ${this.version().version}`));
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
      'What was published stays published.',
      this.back() ? `Back to version ${version}.` : `Version ${version} is being published.`,
    );
    if (done) this.moved.emit(version);
  }
}
