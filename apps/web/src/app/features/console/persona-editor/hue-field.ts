import { Component, computed, inject } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { personaColors } from '../../../shared/persona-colors';
import { PersonaEditing } from './persona-editing';

/** The persona's hue, and its name in it on light and on dark paper. Ink is made dark or light enough to be read, whatever the hue. */
@Component({
  selector: 'dr-hue-field',
  host: { class: 'field' },
  template: `
    <label for="profile-hue">{{ t('personaEditor.hue') }}</label>
    <input #hue id="profile-hue" type="range" min="0" max="359" [value]="value()" [style.accent-color]="light().ring" (input)="editing.change({ hue: hue.valueAsNumber })" />
    <div class="samples" aria-hidden="true">
      <p class="light small-caps" [style.color]="light().ink" [style.border-color]="light().ring">{{ name() }}</p>
      <p class="dark small-caps" [style.color]="dark().ink" [style.border-color]="dark().ring">{{ name() }}</p>
    </div>
  `,
  styles: `
    .samples {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr));
      gap: var(--s2);
    }

    .samples p {
      padding: var(--s2) var(--s3);
      border: 1px solid;
      background: var(--paper);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .light {
      color-scheme: light;
    }

    .dark {
      color-scheme: dark;
    }
  `,
})
export class HueField {
  protected readonly t = injectTranslate();
  protected readonly editing = inject(PersonaEditing);
  protected readonly value = computed(() => this.editing.fields().hue);
  protected readonly name = computed(() => this.editing.fields().name.trim() || this.t('personaEditor.theName'));
  protected readonly light = computed(() => personaColors(this.value(), { scheme: 'light', highContrast: false }));
  protected readonly dark = computed(() => personaColors(this.value(), { scheme: 'dark', highContrast: false }));
}
