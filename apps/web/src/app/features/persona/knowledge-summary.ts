import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PersonaKnowledge } from '@dramatis/contracts/corpus-profile';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { exactTime, relativeTime } from '../../shared/relative-time';

/** How many titles stand in the list before the reader asks for all. */
const titlesAtFirst = 18;

/** Names that stand on the page. */
const shownNames = 12;

/** What a persona knows: its domains, the size and age of its corpus, what it says and names most, and the contents. */
@Component({
  selector: 'dr-knowledge-summary',
  imports: [RouterLink],
  templateUrl: './knowledge-summary.html',
  styleUrl: './knowledge-summary.css',
})
export class KnowledgeSummary {
  protected readonly t = injectTranslate();
  readonly persona = input.required<Persona>();
  /** Null while it is not known. */
  readonly knowledge = input<PersonaKnowledge | null>(null);

  protected readonly published = computed(() => this.persona().corpus.corpusVersion > 0 && this.persona().corpus.passages > 0);
  protected readonly size = computed(() => {
    const { documents, passages } = this.persona().corpus;
    return this.t('persona.size', { documents, passages });
  });
  protected readonly summary = computed(() => this.knowledge()?.summary.join(' ') ?? '');
  protected readonly topics = computed(() => this.knowledge()?.topics ?? []);
  protected readonly names = computed(() => this.knowledge()?.entities.slice(0, shownNames) ?? []);
  protected readonly changed = computed(() => {
    const { updatedAt } = this.persona().corpus;
    return updatedAt && { at: updatedAt, exact: exactTime(this.t, updatedAt), relative: relativeTime(this.t, updatedAt, Date.now()) };
  });
  protected readonly contents = computed(() => this.titles('corpus'));
  protected readonly references = computed(() => this.titles('reference'));
  protected readonly first = computed(() => this.contents().slice(0, titlesAtFirst));
  protected readonly rest = computed(() => this.contents().slice(titlesAtFirst));

  protected topicTitle({ terms, documents }: PersonaKnowledge['topics'][number]): string {
    return this.t('persona.topicTitle', { documents, terms: terms.join(', ') });
  }

  private titles(kind: 'corpus' | 'reference'): string[] {
    return this.persona()
      .trainingDataPointers.filter((pointer) => pointer.kind === kind)
      .map(({ title }) => title);
  }
}
