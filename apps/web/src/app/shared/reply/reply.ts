import { Component, computed, effect, inject, input, output } from '@angular/core';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { Citation } from '@dramatis/contracts/turn';
import { parseReply } from '@dramatis/response-format/parser';
import { injectTranslate } from '../../../i18n/language';
import { mayHaveFormulas } from './formula-marks';
import { Formulas } from './formulas';
import { InlineText, Prose } from './rich-text';
import type { MarkdownOptions } from './safe-markdown';

/** A citation's numeral that the reader points at, focuses or presses. */
export interface CitationMark {
  citation: Citation;
  element: HTMLElement;
}

/** A reply as the structure that its format is, whole or still growing. */
@Component({
  selector: 'dr-reply',
  imports: [InlineText, Prose],
  templateUrl: './reply.html',
  styleUrl: './reply.css',
  host: {
    '[class.growing]': '!finished()',
    '(click)': 'tell($event, opened)',
    '(mouseover)': 'tell($event, pointed)',
    '(mouseout)': 'tell($event, left)',
    '(focusin)': 'tell($event, pointed)',
    '(focusout)': 'tell($event, left)',
  },
})
export class Reply {
  protected readonly t = injectTranslate();
  readonly format = input.required<ResponseFormat>();
  readonly text = input.required<string>();
  readonly personaName = input.required<string>();
  readonly citations = input.required<readonly Citation[]>();
  readonly finished = input(true);

  /** A numeral was pressed. */
  readonly opened = output<CitationMark>();
  /** The pointer or the focus came to a numeral. */
  readonly pointed = output<CitationMark>();
  /** The pointer or the focus left it. */
  readonly left = output<CitationMark>();

  protected readonly reply = computed(() => parseReply(this.format(), this.text(), this.personaName(), { finished: this.finished() }));
  private readonly formulas = inject(Formulas);
  private readonly hasFormulas = computed(() => mayHaveFormulas(this.text()));
  protected readonly markdown = computed<MarkdownOptions>(() => {
    const titles = new Map(this.citations().map(({ number, documentTitle }) => [number, documentTitle]));
    return {
      picture: this.t('app.picture'),
      formula: this.hasFormulas() ? this.formulas.renderer() : null,
      citationLabel: (number) => {
        const title = titles.get(number);
        return title === undefined ? null : this.t('app.source', { number, title });
      },
    };
  });

  constructor() {
    effect(() => {
      if (this.hasFormulas()) this.formulas.want();
    });
  }

  protected tell(event: Event, to: { emit(mark: CitationMark): void }): void {
    const element = (event.target as Element).closest<HTMLElement>('[data-citation]');
    const number = Number(element?.dataset['citation']);
    const citation = this.citations().find((candidate) => candidate.number === number);
    if (element && citation) to.emit({ citation, element });
  }
}
