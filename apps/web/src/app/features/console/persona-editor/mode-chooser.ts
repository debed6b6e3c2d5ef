import { Component, computed, input, output } from '@angular/core';
import type { InteractionMode } from '@dramatis/contracts/mode';
import { injectTranslate } from '../../../../i18n/language';
import { interactionModeOrder, modeWords } from '../../../shared/words';

/** Which modes a persona takes part in, and in which it begins: that one stands first. */
@Component({
  selector: 'dr-mode-chooser',
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.defaultInteractionModes') }}</legend>
      @for (mode of modes; track mode) {
        <label class="check"><input type="checkbox" [checked]="chosen().includes(mode)" (change)="toggle(mode)" /> <span>{{ words(t, mode).title }} <span class="soft">{{ words(t, mode).description }}</span></span></label>
      }
    </fieldset>
    @if (chosen().length > 1) {
      <div class="field first">
        <label for="first-mode">{{ t('personaEditor.beginsAs') }}</label>
        <select #first id="first-mode" (change)="begin(first.value)">
          @for (mode of chosen(); track mode) {
            <option [value]="mode" [selected]="mode === chosen()[0]">{{ words(t, mode).phrase }}</option>
          }
        </select>
      </div>
    }
  `,
  styles: `
    .first {
      max-width: 16rem;
      margin-top: var(--s3);
    }
  `,
})
export class ModeChooser {
  protected readonly t = injectTranslate();
  readonly chosen = input.required<readonly InteractionMode[]>();
  readonly changed = output<InteractionMode[]>();

  protected readonly modes = interactionModeOrder;
  protected readonly words = modeWords;
  private readonly first = computed(() => this.chosen()[0]);

  protected toggle(mode: InteractionMode): void {
    const chosen = this.chosen();
    const next = chosen.includes(mode) ? chosen.filter((other) => other !== mode) : [...chosen, mode];
    this.changed.emit(this.inOrder(next, this.first()));
  }

  protected begin(mode: string): void {
    this.changed.emit(this.inOrder(this.chosen(), mode as InteractionMode));
  }

  private inOrder(chosen: readonly InteractionMode[], first: InteractionMode | undefined): InteractionMode[] {
    const others = interactionModeOrder.filter((mode) => chosen.includes(mode) && mode !== first);
    return first && chosen.includes(first) ? [first, ...others] : others;
  }
}
