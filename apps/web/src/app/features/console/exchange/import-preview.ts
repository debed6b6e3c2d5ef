import { Component, computed, input, output } from '@angular/core';
import type { PersonaImportPreview } from '@dramatis/contracts/persona-import';
import type { SourceKind } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';
import { PersonaHue } from '../../../shared/persona-hue';
import { Portrait } from '../../../shared/portrait/portrait';
import { noteWords } from './note-words';

/** What a file would become: who it is, what is kept beside, what it will know, and what to know of it. */
@Component({
  selector: 'dr-import-preview',
  imports: [PersonaHue, Portrait],
  templateUrl: './import-preview.html',
  styleUrl: './import-preview.css',
})
export class ImportPreview {
  readonly preview = input.required<PersonaImportPreview>();
  readonly fileName = input.required<string>();
  /** Whether what the card tells becomes a source. */
  readonly knowledge = input.required<boolean>();
  readonly knowledgeChange = output<boolean>();

  protected readonly t = injectTranslate();
  protected readonly notes = computed(() => this.preview().notes.map((note) => noteWords(note, this.t)));
  /** What it is, and of whom. */
  protected readonly origin = computed(() => {
    const { format, author } = this.preview();
    const by = author?.name ? this.t('exchange.byAuthor', { name: author.name }) : '';
    const version = author?.version ? this.t('exchange.authorVersion', { version: author.version }) : '';
    return [this.t(`exchange.format.${format}`), by, version].filter(Boolean).join(', ');
  });
  protected readonly unlisted = computed(() => {
    const { knowledge } = this.preview();
    return knowledge === null ? 0 : knowledge.total - knowledge.documents.length;
  });

  protected kindWords(kind: SourceKind): string {
    return this.t(`exchange.kind.${kind}`);
  }
}
