import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { DocumentEntity } from '@dramatis/contracts/enrichment';
import { injectTranslate } from '../../../../i18n/language';
import { KnowledgeApi } from '../api/knowledge-api';
import { Ago } from '../parts/ago';
import { entityWord } from '../parts/entity-word';
import { counted, decimal, percent } from '../parts/figures';
import { languageName } from '../parts/language-name';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { reasonWords } from '../parts/reason-words';
import { readerText } from './reader-text';

/** How many names are listed before the rest is asked for. */
const firstEntities = 24;
/** Longest text that is laid out at once, in characters; the rest is asked for. */
const firstCharacters = 60_000;

/** What a document says, as the corpus has it: text with passages and names, and what was found out about it. */
@Component({
  selector: 'dr-revision-reader',
  imports: [Ago, ReadingState, RouterLink],
  templateUrl: './revision-reader.html',
  styleUrl: './revision-reader.css',
})
export class RevisionReader {
  protected readonly t = injectTranslate();
  protected readonly reasonWords = reasonWords;
  readonly revisionId = input.required<string>();

  private readonly api = inject(KnowledgeApi);
  protected readonly revision = reading({ params: () => this.revisionId(), load: (id, signal) => this.api.revision(id, signal) });
  protected readonly passages = reading({
    params: () => this.revisionId(),
    load: async (id, signal) => {
      const first = await this.api.revisionPassages(id, 0, signal);
      const items = [...first.items];
      while (items.length < first.total) {
        const { items: more } = await this.api.revisionPassages(id, items.at(-1)!.ordinal + 1, signal);
        if (more.length === 0) break;
        items.push(...more);
      }
      return items;
    },
  });
  protected readonly chosen = signal<number | null>(null);
  protected readonly namesShown = signal(true);
  protected readonly allEntities = signal(false);
  protected readonly wholeText = signal(false);

  protected readonly chosenPassage = computed(() => this.passages.value()?.find(({ ordinal }) => ordinal === this.chosen()));
  /** Questions that the chosen passage answers. */
  protected readonly answered = computed(() => this.revision.value()?.enrichment?.questions.find(({ ordinal }) => ordinal === this.chosen())?.questions ?? []);
  protected readonly entities = computed(() => {
    const all = this.revision.value()?.enrichment?.entities ?? [];
    return this.allEntities() ? all : all.slice(0, firstEntities);
  });
  protected readonly entityCount = computed(() => this.revision.value()?.enrichment?.entities.length ?? 0);
  /** How many characters are not laid out yet. */
  protected readonly left = computed(() => (this.wholeText() ? 0 : Math.max(0, (this.revision.value()?.text.length ?? 0) - firstCharacters)));
  protected readonly paragraphs = computed(() => {
    const revision = this.revision.value();
    if (!revision) return [];
    const text = this.left() > 0 ? revision.text.slice(0, firstCharacters) : revision.text;
    return readerText(text, {
      passages: this.passages.value() ?? [],
      entities: this.namesShown() ? (revision.enrichment?.entities ?? []) : [],
      headings: new Set(revision.sections.flatMap(({ headingPath }) => headingPath)),
      chosen: this.chosen(),
    });
  });
  protected readonly attributes = computed(() =>
    Object.entries(this.revision.value()?.attributes ?? {}).flatMap(([name, value]) => {
      const said = (Array.isArray(value) ? value : [value]).filter((part) => typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean');
      return said.length > 0 ? [{ name, words: said.join(', ') }] : [];
    }),
  );

  protected readonly decimal = decimal;
  protected readonly percent = percent;
  protected readonly counted = counted;
  protected readonly languageName = languageName;

  protected choose(ordinal: number): void {
    this.chosen.update((former) => (former === ordinal ? null : ordinal));
  }

  protected typeOf({ type, count: named }: DocumentEntity): string {
    return this.t('documents.typeOf', { type: entityWord(this.t, type), count: named });
  }
}
