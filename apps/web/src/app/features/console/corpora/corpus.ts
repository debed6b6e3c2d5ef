import { Injectable, inject, signal } from '@angular/core';
import type { Persona } from '@dramatis/contracts/persona';
import { KnowledgeApi } from '../api/knowledge-api';
import { type Reading, reading } from '../parts/reading';

/** The persona whose corpus is being worked on. Provided by the frame of its pages. */
@Injectable()
export class Corpus {
  private readonly api = inject(KnowledgeApi);
  readonly personaId = signal('');
  readonly persona: Reading<Persona> = reading({
    params: () => this.personaId() || undefined,
    load: (personaId, signal) => this.api.persona(personaId, signal),
  });
}
