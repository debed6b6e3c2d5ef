import { Component, computed, inject, input, output } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { SidePanel } from '../parts/side-panel';
import { FieldDifferences } from './field-differences';
import { type Conflict, PersonaEditing } from './persona-editing';
import { differences } from './profile-diff';
import { profileOf } from './profile-fields';

/** Two edited at once: what theirs says and mine, and which is to stay. Neither is lost before that is chosen. */
@Component({
  selector: 'dr-conflict-panel',
  imports: [FieldDifferences, SidePanel],
  template: `
    <dr-side-panel [heading]="heading()" [kicker]="t('personaEditor.conflictKicker')" (closed)="closed.emit()">
      <p>{{ explanation() }}</p>
      <p class="actions">
        <button type="button" class="button" (click)="kept.emit()">{{ t('personaEditor.keepMine') }}</button>
        <button type="button" class="button-quiet" (click)="taken.emit()">{{ t('personaEditor.takeTheirs') }}</button>
        <button type="button" class="text-button" (click)="closed.emit()">{{ t('personaEditor.decideLater') }}</button>
      </p>
      <section class="panel-section" aria-labelledby="conflict-differences">
        <h3 id="conflict-differences">{{ t('personaEditor.fromTheirsToMine') }}</h3>
        <dr-field-differences [differences]="between()" />
      </section>
    </dr-side-panel>
  `,
  styles: `
    .actions {
      margin-top: var(--s4);
    }
  `,
})
export class ConflictPanel {
  protected readonly t = injectTranslate();
  readonly conflict = input.required<Conflict>();
  readonly closed = output();
  readonly kept = output();
  readonly taken = output();

  private readonly editing = inject(PersonaEditing);
  protected readonly heading = computed(() => this.t(this.conflict().kind === 'draft' ? 'personaEditor.conflictDraft' : 'personaEditor.conflictPublished'));
  protected readonly explanation = computed(() => {
    const { kind, theirs } = this.conflict();
    return this.t(kind === 'draft' ? 'personaEditor.conflictDraftMessage' : 'personaEditor.conflictPublishedMessage', { version: theirs.version });
  });
  protected readonly between = computed(() => {
    const mine = profileOf(this.editing.fields());
    return mine.ok ? differences(this.conflict().theirs, mine.profile) : [];
  });
}
