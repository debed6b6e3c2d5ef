import { Component, DestroyRef, ElementRef, afterRenderEffect, computed, inject, input, output, signal, viewChildren } from '@angular/core';
import type { Citation } from '@dramatis/contracts/turn';

const gapPx = 14;

/**
 * Sources in the margin, each beside the line that uses it first; where two would meet the later one moves down.
 * A repetition for the eye of what the numerals offer to everybody, hence hidden from screen readers and the tab order.
 */
@Component({
  selector: 'dr-margin-notes',
  host: { 'aria-hidden': 'true', '[style.min-height.px]': 'height()' },
  template: `
    @for (citation of notes(); track citation.number; let index = $index) {
      <button
        #note
        type="button"
        class="note"
        tabindex="-1"
        [class.active]="active() === citation.number"
        [class.placed]="tops()[index] !== undefined"
        [style.top.px]="tops()[index] ?? 0"
        (click)="opened.emit(citation)"
      >
        <span class="number">{{ citation.number }}</span>
        <span class="title">{{ citation.documentTitle }}</span>
        @if (citation.headingPath.at(-1); as heading) {
          <span class="place">{{ heading }}</span>
        }
        <span class="text">{{ citation.text }}</span>
      </button>
    }
  `,
  styleUrl: './margin-notes.css',
})
export class MarginNotes {
  /** The reply's element, with the citations' numerals in it. */
  readonly reply = input.required<HTMLElement>();
  readonly citations = input.required<readonly Citation[]>();
  /** Changes whenever the numerals may have: the reply's text. */
  readonly text = input.required<string>();
  readonly active = input<number | null>(null);
  readonly opened = output<Citation>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly noteElements = viewChildren<ElementRef<HTMLElement>>('note');
  private readonly resized = signal(0);
  protected readonly notes = computed(() => {
    const used = new Set([...this.text().matchAll(/\[([\d,;\s]+)\]/g)].flatMap((match) => (match[1] ?? '').split(/[,;]/).map(Number)));
    const byNumber = new Map(this.citations().map((citation) => [citation.number, citation]));
    return [...used].flatMap((number) => byNumber.get(number) ?? []);
  });
  protected readonly tops = signal<(number | undefined)[]>([]);
  protected readonly height = signal(0);

  constructor() {
    const observer = new ResizeObserver(() => this.resized.update((count) => count + 1));
    inject(DestroyRef).onDestroy(() => observer.disconnect());
    afterRenderEffect({
      earlyRead: () => {
        observer.observe(this.reply());
        observer.observe(this.host);
      },
    });
    afterRenderEffect({
      earlyRead: () => {
        this.text();
        this.resized();
        const notes = this.notes();
        // Far from the screen nothing has a place yet; it is told, by its size, when it comes near.
        if (!isLaidOut(this.reply())) return null;
        const origin = this.host.getBoundingClientRect().top;
        const elements = this.noteElements();
        let free = 0;
        const tops = notes.map(({ number }, index) => {
          const mark = this.reply().querySelector(`[data-citation="${number}"]`);
          if (!mark) return undefined;
          const top = Math.max(free, mark.getBoundingClientRect().top - origin - 4);
          free = top + (elements[index]?.nativeElement.offsetHeight ?? 0) + gapPx;
          return Math.round(top);
        });
        return { tops, height: Math.max(0, free - gapPx) };
      },
      write: (measured) => {
        const places = measured();
        if (places === null) return;
        const { tops, height } = places;
        if (tops.length !== this.tops().length || tops.some((top, index) => top !== this.tops()[index])) this.tops.set(tops);
        this.height.set(height);
      },
    });
  }
}

/** Browsers that do not know lay everything out. */
function isLaidOut(element: HTMLElement): boolean {
  return typeof element.checkVisibility !== 'function' || element.checkVisibility({ contentVisibilityAuto: true });
}
