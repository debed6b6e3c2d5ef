import { Directive, computed, inject, input } from '@angular/core';
import { Theme } from '../core/theme';
import { personaColors } from './persona-colors';

/** Gives everything inside `--persona-ink`, `--persona-ring` and `--persona-wash` for a hue, in the current theme. */
@Directive({
  selector: '[drPersonaHue]',
  host: {
    '[style.--persona-ink]': 'colors().ink',
    '[style.--persona-ring]': 'colors().ring',
    '[style.--persona-wash]': 'colors().wash',
  },
})
export class PersonaHue {
  readonly drPersonaHue = input.required<number>();

  private readonly theme = inject(Theme);
  protected readonly colors = computed(() =>
    personaColors(this.drPersonaHue(), { scheme: this.theme.scheme(), highContrast: this.theme.highContrast() }),
  );
}
