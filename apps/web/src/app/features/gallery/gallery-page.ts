import { Component, DestroyRef, type ElementRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { Connectivity } from '../../core/connectivity';
import { type Problem, asProblem } from '../../core/problem';
import { searchShortcut } from '../../core/shortcuts';
import { Icon } from '../../shared/icon';
import { Manners } from '../../shared/manners';
import { StageDirection } from '../../shared/stage-direction';
import { ConversationStarter } from '../persona/conversation-starter';
import { CastEntry } from './cast-entry';
import { CastSkeleton } from './cast-skeleton';
import { GalleryListing } from './gallery-listing';
import { type GalleryParams, type GalleryQuery, countInWords, everyone, galleryQuery, isFiltered, maxSearchCharacters, queryParams, replacesHistory, sameQuery } from './gallery-query';

/** How long after the last key stroke a search begins. */
const pauseMs = 220;

/** The list of those who speak. What is searched for stands in the address. */
@Component({
  selector: 'dr-gallery-page',
  imports: [CastEntry, CastSkeleton, Icon, StageDirection],
  templateUrl: './gallery-page.html',
  styleUrl: './gallery-page.css',
})
export class GalleryPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly search = input<string>();
  readonly domain = input<string>();
  readonly mode = input<string>();
  readonly format = input<string>();

  private readonly router = inject(Router);
  private readonly listing = inject(GalleryListing);
  private readonly starter = inject(ConversationStarter);
  protected readonly manners = inject(Manners);
  private readonly searchField = viewChild<ElementRef<HTMLInputElement>>('searchField');
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The search on its way into the address from this field; any other that arrives there came by link or by the back button. */
  private written: string | null = null;

  protected readonly online = inject(Connectivity).online;
  protected readonly maxSearchCharacters = maxSearchCharacters;
  protected readonly list = this.listing.list;
  protected readonly query = computed(() => galleryQuery({ search: this.search(), domain: this.domain(), mode: this.mode(), format: this.format() }), { equal: sameQuery });
  protected readonly filtered = computed(() => isFiltered(this.query()));
  /** What stands in the search field: it runs ahead of the address while someone types, and follows it otherwise. */
  protected readonly draft = signal('');
  protected readonly domains = computed(() => {
    const options = this.listing.domains();
    const chosen = this.query().domain;
    const listed = !chosen || options.some(({ domain }) => sameDomain(domain, chosen));
    return listed ? options : [{ domain: chosen, personas: 0 }, ...options];
  });
  protected readonly modes = computed(() => withChosen(this.listing.modes(), this.query().mode));
  protected readonly formats = computed(() => withChosen(this.listing.formats(), this.query().format));
  protected readonly count = computed(() =>
    this.list.items() === null || this.list.stale() ? '' : countInWords(this.t, this.manners, this.list.total(), this.query()),
  );
  protected readonly starting = signal<string | null>(null);
  protected readonly startProblem = signal<{ personaId: string; problem: Problem } | null>(null);

  constructor() {
    searchShortcut(() => this.searchField()?.nativeElement);
    effect(() => {
      const query = this.query();
      untracked(() => {
        if (query.search === this.written) this.written = null;
        else this.draft.set(query.search);
        void this.listing.show(query);
      });
    });
    effect(() => {
      if (this.online()) untracked(() => void this.list.retry());
    });
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.pause);
      this.list.close();
    });
  }

  protected isChosen(domain: string): boolean {
    return sameDomain(domain, this.query().domain);
  }

  protected onType(text: string): void {
    this.draft.set(text);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.searchNow(), pauseMs);
  }

  protected searchNow(): void {
    this.choose({});
  }

  protected clearSearch(): void {
    this.draft.set('');
    this.searchNow();
    this.searchField()?.nativeElement.focus();
  }

  protected chooseDomain(domain: string): void {
    this.choose({ domain: this.isChosen(domain) ? '' : domain });
  }

  /** Changes filters; what was typed meanwhile counts as well. */
  protected choose(filters: GalleryParams): void {
    clearTimeout(this.pause);
    this.go(galleryQuery({ ...this.query(), search: this.draft(), ...filters }));
  }

  protected showAll(): void {
    this.draft.set('');
    clearTimeout(this.pause);
    this.go(everyone);
    this.searchField()?.nativeElement.focus();
  }

  protected async ask({ personaId }: Persona, question: string): Promise<void> {
    if (this.starting()) return;
    this.starting.set(personaId);
    this.startProblem.set(null);
    try {
      const { mode, format } = this.query();
      const manner = { ...(mode && this.manners.offers(mode) && { mode }), ...(format && this.manners.offers(format) && { format }) };
      await this.starter.begin({ personaId, ...manner }, question);
    } catch (error) {
      this.startProblem.set({ personaId, problem: asProblem(error) });
    } finally {
      this.starting.set(null);
    }
  }

  private go(next: GalleryQuery): void {
    const present = this.query();
    if (sameQuery(present, next)) return;
    this.written = next.search;
    void this.router.navigate([], {
      queryParams: queryParams(next),
      queryParamsHandling: 'merge',
      replaceUrl: replacesHistory(present, next),
    });
  }
}

/** A filter that came by link stands among the others, though nobody seen so far answers to it. */
function withChosen<Id extends string>(ids: readonly Id[], chosen: Id | ''): readonly Id[] {
  return chosen === '' || ids.includes(chosen) ? ids : [chosen, ...ids];
}

function sameDomain(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
