import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { PersonaHue } from '../../shared/persona-hue';
import { Plate } from '../../shared/portrait/plate';

/** One of the cast: portrait, name, who they are, a question to begin with, and what they know. */
@Component({
  selector: 'dr-cast-entry',
  imports: [RouterLink, PersonaHue, Plate],
  templateUrl: './cast-entry.html',
  styleUrl: './cast-entry.css',
})
export class CastEntry {
  protected readonly t = injectTranslate();
  readonly persona = input.required<Persona>();
  /** Whether its portrait is in the first view. */
  readonly eager = input(false);
  /** The domain that the list is filtered by, or ''. */
  readonly domain = input('');
  readonly starting = input(false);
  /** Why the conversation could not begin. */
  readonly problem = input<string | null>(null);
  readonly domainChosen = output<string>();
  readonly asked = output<string>();

  /** "mathematician, 1815–1852" */
  protected readonly standing = computed(() => [this.persona().role, this.persona().yearsOfLife].filter(Boolean).join(', '));
  protected readonly question = computed(() => this.persona().starterQuestions[0]);

  protected isChosen(domain: string): boolean {
    return domain.toLowerCase() === this.domain().toLowerCase();
  }
}
