import { Component, DestroyRef, computed, effect, inject, output, signal } from '@angular/core';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../../i18n/language';
import { ApiClient } from '../../../core/api-client';
import { reading } from '../parts/reading';

/** How long after the last key stroke a search begins. */
const pauseMs = 220;
const mostFound = 20;
const mostNamed = 6;

/** Chooses who answers: the server searches for what is typed, and who is found stands below the field. Begins with the first of all. */
@Component({
  selector: 'dr-persona-field',
  template: `
    <div class="field">
      <label for="trial-persona">{{ t('modes.persona') }}</label>
      <input
        #field
        id="trial-persona"
        type="search"
        list="trial-personas"
        autocomplete="off"
        spellcheck="false"
        maxlength="120"
        aria-describedby="trial-persona-found"
        [value]="typed() ?? persona()?.name ?? ''"
        (focus)="field.select()"
        (input)="type(field.value)"
      />
      <datalist id="trial-personas">
        @for (choice of choices(); track choice.persona.personaId) {
          <option [value]="choice.words">{{ choice.persona.role }}</option>
        }
      </datalist>
      <p class="hint" id="trial-persona-found" role="status">{{ outcome() }}</p>
    </div>
  `,
})
export class PersonaField {
  protected readonly t = injectTranslate();
  /** Undefined while what is typed is nobody's name, and several are found by it, or none. */
  readonly chosen = output<Persona | undefined>();

  private readonly api = inject(ApiClient);
  /** What stands in the field; null until something was typed. */
  protected readonly typed = signal<string | null>(null);
  private readonly searched = signal('');
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly found = reading({
    params: () => ({ search: this.searched() }),
    load: ({ search }, signal) => this.api.personas({ ...(search && { search }), limit: mostFound }, signal),
    keep: true,
  });
  /** Those who take part in conversations, each by words of their own. */
  protected readonly choices = computed(() => {
    const personas = (this.found.value()?.items ?? []).filter(({ status }) => status !== 'archived');
    const namesakes = (name: string): number => personas.filter((other) => other.name === name).length;
    return personas.map((persona) => ({ persona, words: namesakes(persona.name) > 1 ? `${persona.name} (${persona.personaId})` : persona.name }));
  });
  private readonly searching = computed(() => this.typed() !== null && this.typed()!.trim() !== this.searched());
  protected readonly persona = computed(() => {
    const text = this.typed()?.trim().toLowerCase();
    const choices = this.choices();
    if (text === undefined) return choices[0]?.persona;
    const named = choices.find(({ words }) => words.toLowerCase() === text);
    if (named) return named.persona;
    const settled = !this.searching() && !this.found.stale();
    return settled && choices.length === 1 ? choices[0]!.persona : undefined;
  });
  protected readonly outcome = computed(() => {
    const problem = this.found.problem();
    if (problem) return problem.words(this.t);
    const [persona, choices] = [this.persona(), this.choices()];
    if (persona) return this.typed() === null || this.typed() === persona.name ? '' : this.t('modes.willAnswer', { name: persona.name });
    if (this.found.value() === undefined || this.searching() || this.found.stale()) return '';
    const names = choices.slice(0, mostNamed).map(({ words }) => words).join(', ');
    return choices.length === 0 ? this.t('modes.nobodyFound') : this.t('modes.severalFound', { names, more: choices.length > mostNamed ? 1 : 0 });
  });

  constructor() {
    effect(() => this.chosen.emit(this.persona()));
    inject(DestroyRef).onDestroy(() => clearTimeout(this.pause));
  }

  protected type(text: string): void {
    this.typed.set(text);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.searched.set(text.trim()), pauseMs);
  }
}
