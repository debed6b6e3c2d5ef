import { Injectable, computed, inject } from '@angular/core';
import type { Persona } from '@dramatis/contracts/persona';
import { ApiClient } from '../../core/api-client';
import { Manners } from '../../shared/manners';
import { PagedList } from '../../shared/paged-list';
import { PersonaShelf } from '../../shared/personas';
import { inUsualOrder, interactionModeOrder, responseFormatOrder } from '../../shared/words';
import { domainOptions } from './domain-options';
import { type GalleryQuery, isFiltered, personaQuery } from './gallery-query';

const pageSize = 24;
/** Domains, modes and formats to choose from are gathered from this many personas; a search finds the others' all the same. */
const surveyedPersonas = 100;

/** The personas that the gallery shows. Outlives the page, so that coming back to it shows the same place at once. */
@Injectable({ providedIn: 'root' })
export class GalleryListing {
  private readonly api = inject(ApiClient);
  private readonly shelf = inject(PersonaShelf);
  private readonly manners = inject(Manners);
  private surveyed = false;
  private shown: string | null = null;

  readonly list = new PagedList<Persona>((persona) => persona.personaId, pageSize);
  readonly domains = computed(() => domainOptions(this.shelf.all()));
  /** How the personas speak, and what they answer in, in the usual order. */
  readonly modes = computed(() => {
    const all = new Set(this.shelf.all().flatMap((persona) => persona.defaultInteractionModes));
    return this.manners.offeredModes(inUsualOrder([...all], interactionModeOrder));
  });
  readonly formats = computed(() => {
    const all = new Set(this.shelf.all().flatMap((persona) => persona.supportedResponseFormats));
    return this.manners.offeredFormats(inUsualOrder([...all], responseFormatOrder));
  });

  /** Shows what a query finds; the same query as before only brings it up to date. */
  async show(query: GalleryQuery): Promise<void> {
    const key = JSON.stringify(personaQuery(query));
    if (key === this.shown && this.list.items() !== null) {
      await this.list.refresh();
      return;
    }
    this.shown = key;
    await this.list.open(async (range, signal) => {
      const page = await this.api.personas({ ...personaQuery(query), ...range }, signal);
      this.shelf.keep(page.items);
      return page;
    });
    if (!this.list.problem()) await this.survey(isFiltered(query) || this.list.hasMore());
  }

  /** Makes all domains, modes and formats known that a filtered or long list does not show. */
  private async survey(needed: boolean): Promise<void> {
    if (this.surveyed) return;
    this.surveyed = true;
    if (!needed) return;
    try {
      this.shelf.keep((await this.api.personas({ limit: surveyedPersonas })).items);
    } catch {
      // Only the choices are shorter for it; the next list tries again.
      this.surveyed = false;
    }
  }
}
