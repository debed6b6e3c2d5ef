import { Component, computed, inject, input, output } from '@angular/core';
import type { ModeId } from '@dramatis/contracts/mode';
import { injectTranslate } from '../../../../i18n/language';
import { Manners } from '../../../shared/manners';
import { interactionModeOrder } from '../../../shared/words';

/** Which modes a persona takes part in, and in which it begins: that one stands first. */
@Component({
  selector: 'dr-mode-chooser',
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.defaultInteractionModes') }}</legend>
      @for (mode of modes(); track mode) {
        @let words = manners.mode(mode);
        <label class="check"><input type="checkbox" [checked]="chosen().includes(mode)" (change)="toggle(mode)" /> <span>{{ words.title }} <span class="soft">{{ words.description }}</span></span></label>
      }
    </fieldset>
    @if (chosen().length > 1) {
      <div class="field first">
        <label for="first-mode">{{ t('personaEditor.beginsAs') }}</label>
        <select #first id="first-mode" (change)="begin(first.value)">
          @for (mode of chosen(); track mode) {
            <option [value]="mode" [selected]="mode === chosen()[0]">{{ manners.mode(mode).phrase }}</option>
          }
        </select>
      </div>
    }
  `,
  styles: `
    /* A finger needs more room than the box. */
    .check {
      min-height: 1.875rem;
      align-items: center;
    }

    .first {
      max-width: 16rem;
      margin-top: var(--s3);
    }
  `,
})
export class ModeChooser {
  protected readonly t = injectTranslate();
  readonly chosen = input.required<readonly ModeId[]>();
  readonly changed = output<ModeId[]>();

  protected readonly manners = inject(Manners);
  /** Those that can be chosen, and those that were, though they were archived since. */
  protected readonly modes = computed(() => [...new Set([...interactionModeOrder, ...this.manners.customModes(), ...this.chosen()])]);

  protected toggle(mode: ModeId): void {
    const chosen = this.chosen();
    this.emit(chosen.includes(mode) ? chosen.filter((other) => other !== mode) : [...chosen, mode], chosen[0]);
  }

  protected begin(mode: string): void {
    this.emit(this.chosen(), mode as ModeId);
  }

  private emit(chosen: readonly ModeId[], first: ModeId | undefined): void {
    const others = this.modes().filter((mode) => chosen.includes(mode) && mode !== first);
    this.changed.emit(first && chosen.includes(first) ? [first, ...others] : others);
  }
}
