import { Injectable, computed, inject, signal } from '@angular/core';
import type { Persona } from '@dramatis/contracts/persona';
import { ApiClient } from '../core/api-client';

/** Personas that some page has read, so that the next one opens at once with what is known. */
@Injectable({ providedIn: 'root' })
export class PersonaShelf {
  private readonly api = inject(ApiClient);
  private readonly byId = signal<ReadonlyMap<string, Persona>>(new Map());

  readonly all = computed(() => [...this.byId().values()]);

  /** As it was when it was last read, or undefined. Reactive. */
  known(personaId: string): Persona | undefined {
    return this.byId().get(personaId);
  }

  keep(personas: readonly Persona[]): void {
    if (personas.length === 0) return;
    this.byId.update((known) => new Map([...known, ...personas.map((persona) => [persona.personaId, persona] as const)]));
  }

  async load(personaId: string, signal?: AbortSignal): Promise<Persona> {
    const persona = await this.api.persona(personaId, signal);
    this.keep([persona]);
    return persona;
  }
}
