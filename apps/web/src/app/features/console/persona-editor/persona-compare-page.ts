import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import { PersonasApi } from '../api/personas-api';
import { Corpus } from '../corpora/corpus';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { FieldDifferences } from './field-differences';
import { differences } from './profile-diff';

/** What two versions of a persona say otherwise, field by field. */
@Component({
  selector: 'dr-persona-compare-page',
  imports: [FieldDifferences, ReadingState, RouterLink],
  templateUrl: './persona-compare-page.html',
})
export class PersonaComparePage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address; without them the newest and the one before. */
  readonly from = input<string>();
  readonly to = input<string>();

  private readonly api = inject(PersonasApi);
  private readonly router = inject(Router);
  private readonly corpus = inject(Corpus);

  protected readonly versions = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.versions(personaId, signal),
  });
  protected readonly pair = computed(() => {
    const numbers = (this.versions.value() ?? []).map(({ version }) => version);
    const known = (wanted: string | undefined, otherwise: number | undefined): number => (numbers.includes(Number(wanted)) ? Number(wanted) : (otherwise ?? 0));
    return { from: known(this.from(), numbers[1] ?? numbers[0]), to: known(this.to(), numbers[0]) };
  });
  protected readonly found = computed(() => {
    const { from, to } = this.pair();
    const [before, after] = [from, to].map((number) => this.versions.value()?.find(({ version }) => version === number));
    return before && after ? differences(before, after) : null;
  });

  protected choose(change: { from?: string; to?: string }): void {
    void this.router.navigate([], { queryParams: { ...this.pair(), ...change }, queryParamsHandling: 'merge' });
  }
}
