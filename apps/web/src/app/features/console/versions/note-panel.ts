import { Component, inject, input, output, viewChild } from '@angular/core';
import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { BroughtBack } from '../parts/brought-back';
import { textOf } from '../parts/form-field';
import { KeptForm } from '../parts/kept-form';
import { SidePanel } from '../parts/side-panel';

/** What is written beside a version, for those who read the list later. Empty takes the note away. */
@Component({
  selector: 'dr-note-panel',
  imports: [BroughtBack, KeptForm, SidePanel],
  template: `
    <dr-side-panel [heading]="t('versions.noteOfVersion', { version: version().version })" [kicker]="corpus.persona.value()?.name" (closed)="closed.emit()">
      <form #form #kept="drKeptForm" [drKeptForm]="'note.' + corpus.personaId() + '.' + version().version" class="fields" (submit)="$event.preventDefault(); save(form)">
        @if (kept.broughtBack()) {
          <dr-brought-back (reverted)="kept.revert()" />
        }
        <div class="field">
          <label for="version-note">{{ t('console.note') }}</label>
          <textarea id="version-note" name="note" rows="3" maxlength="500" aria-describedby="version-note-hint" [value]="version().note ?? ''" (keydown.control.enter)="form.requestSubmit()" (keydown.meta.enter)="form.requestSubmit()"></textarea>
          <p id="version-note-hint" class="hint">{{ t('versions.curatorsSeeItInTheListOf') }}</p>
        </div>
        <div class="form-end">
          <button type="submit" class="button" [attr.aria-disabled]="act.busy() !== null">{{ act.busy() ? t('console.saving') : t('console.save') }}</button>
          <button type="button" class="button-quiet" (click)="closed.emit()">{{ t('app.leaveIt') }}</button>
        </div>
      </form>
    </dr-side-panel>
  `,
})
export class NotePanel {
  protected readonly t = injectTranslate();
  readonly version = input.required<CorpusVersion>();
  readonly closed = output();
  /** The version as it is now. */
  readonly noted = output<CorpusVersion>();

  private readonly api = inject(CorpusApi);
  private readonly kept = viewChild.required(KeptForm);
  protected readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);

  protected async save(form: HTMLFormElement): Promise<void> {
    const note = textOf(new FormData(form), 'note') || null;
    const { version } = this.version();
    const said = note === null ? this.t('versions.versionHasNoNoteNow', { version }) : this.t('versions.theNoteOfVersionIsSaved', { version });
    const changed = await this.act.run('note', () => this.api.annotate(this.corpus.personaId(), version, { note }), this.t('versions.theNoteWasNotSaved'), said);
    if (!changed) return;
    this.kept().clear();
    this.noted.emit(changed);
  }
}
