import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { Persona, PersonaStatus, UpdatePersona } from '@dramatis/contracts/persona';
import { Operator } from '../../../core/operator';
import { type Problem, asProblem } from '../../../core/problem';
import { PersonaHue } from '../../../shared/persona-hue';
import { KnowledgeApi } from '../api/knowledge-api';
import { linesOf, textOf } from '../parts/form-field';
import { FormProblem } from '../parts/form-problem';
import { SidePanel } from '../parts/side-panel';

const statuses: { value: PersonaStatus; words: string }[] = [
  { value: 'draft', words: 'Draft: only operators see it' },
  { value: 'active', words: 'Active: everybody can talk with it' },
  { value: 'archived', words: 'Archived: old conversations stay, no new ones begin' },
];

/** Makes a persona, or changes what is said of one. */
@Component({
  selector: 'dr-persona-form',
  imports: [FormProblem, PersonaHue, SidePanel],
  templateUrl: './persona-form.html',
})
export class PersonaForm {
  /** The persona to change; absent for a new one. */
  readonly persona = input<Persona>();
  readonly closed = output();
  readonly saved = output<Persona>();

  private readonly api = inject(KnowledgeApi);
  private readonly operator = inject(Operator);
  protected readonly statuses = statuses;
  protected readonly hue = linkedSignal(() => this.persona()?.hue ?? 250);
  protected readonly heading = computed(() => this.persona()?.name ?? 'New persona');
  protected readonly saving = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  protected async save(form: HTMLFormElement): Promise<void> {
    if (this.saving()) return;
    this.saving.set(true);
    this.problem.set(null);
    try {
      this.saved.emit(await this.send(new FormData(form)));
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401) this.operator.refused();
      this.problem.set(problem);
    } finally {
      this.saving.set(false);
    }
  }

  private send(data: FormData): Promise<Persona> {
    const text = (name: string): string => textOf(data, name);
    const persona = this.persona();
    const profile = {
      name: text('name'),
      description: text('description'),
      status: text('status') as PersonaStatus,
      hue: this.hue(),
      knowledgeDomains: linesOf(data, 'knowledgeDomains'),
      starterQuestions: linesOf(data, 'starterQuestions'),
      stylisticInstructions: text('stylisticInstructions'),
      ...optional(text, persona, 'tagline'),
      ...optional(text, persona, 'role'),
      ...optional(text, persona, 'yearsOfLife'),
    };
    if (persona) return this.api.updatePersona(persona.personaId, { ...profile, ifVersion: persona.version } satisfies UpdatePersona);
    const personaId = text('personaId');
    return this.api.createPersona({ ...profile, ...(personaId && { personaId }) });
  }
}

/** An optional line only when something is in it; the API has no way to take one away. */
function optional<Name extends 'tagline' | 'role' | 'yearsOfLife'>(text: (name: string) => string, persona: Persona | undefined, name: Name): Partial<Record<Name, string>> {
  const value = text(name);
  return value && value !== persona?.[name] ? ({ [name]: value } as Record<Name, string>) : {};
}
