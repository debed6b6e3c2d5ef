import { Component, DestroyRef, type ElementRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { Connectivity } from '../../core/connectivity';
import { type Problem, asProblem } from '../../core/problem';
import { searchShortcut } from '../../core/shortcuts';
import { Icon } from '../../shared/icon';
import { StageDirection } from '../../shared/stage-direction';
import { ConversationStarter } from '../persona/conversation-starter';
import { CastEntry } from './cast-entry';
import { CastSkeleton } from './cast-skeleton';
import { GalleryListing } from './gallery-listing';
import { type GalleryQuery, countInWords, galleryQuery, isFiltered, maxSearchCharacters, queryParams, replacesHistory } from './gallery-query';

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

  private readonly router = inject(Router);
  private readonly listing = inject(GalleryListing);
  private readonly starter = inject(ConversationStarter);
  private readonly searchField = viewChild<ElementRef<HTMLInputElement>>('searchField');
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The search on its way into the address from this field; any other that arrives there came by link or by the back button. */
  private written: string | null = null;

  protected readonly online = inject(Connectivity).online;
  protected readonly maxSearchCharacters = maxSearchCharacters;
  protected readonly list = this.listing.list;
  protected readonly query = computed(() => galleryQuery(this.search(), this.domain()), {
    equal: (a, b) => a.search === b.search && a.domain === b.domain,
  });
  protected readonly filtered = computed(() => isFiltered(this.query()));
  /** What stands in the search field: it runs ahead of the address while someone types, and follows it otherwise. */
  protected readonly draft = signal('');
  protected readonly domains = computed(() => {
    const options = this.listing.domains();
    const chosen = this.query().domain;
    const listed = !chosen || options.some(({ domain }) => sameDomain(domain, chosen));
    return listed ? options : [{ domain: chosen, personas: 0 }, ...options];
  });
  protected readonly count = computed(() =>
    this.list.items() === null || this.list.stale() ? '' : countInWords(this.t, this.list.total(), this.query()),
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
    clearTimeout(this.pause);
    this.go(galleryQuery(this.draft(), this.query().domain));
  }

  protected clearSearch(): void {
    this.draft.set('');
    this.searchNow();
    this.searchField()?.nativeElement.focus();
  }

  protected chooseDomain(domain: string): void {
    clearTimeout(this.pause);
    this.go(galleryQuery(this.draft(), this.isChosen(domain) ? '' : domain));
  }

  protected showAll(): void {
    this.draft.set('');
    clearTimeout(this.pause);
    this.go({ search: '', domain: '' });
    this.searchField()?.nativeElement.focus();
  }

  protected async ask({ personaId }: Persona, question: string): Promise<void> {
    if (this.starting()) return;
    this.starting.set(personaId);
    this.startProblem.set(null);
    try {
      await this.starter.begin({ personaId }, question);
    } catch (error) {
      this.startProblem.set({ personaId, problem: asProblem(error) });
    } finally {
      this.starting.set(null);
    }
  }

  private go(next: GalleryQuery): void {
    const present = this.query();
    if (next.search === present.search && next.domain === present.domain) return;
    this.written = next.search;
    void this.router.navigate([], {
      queryParams: queryParams(next),
      queryParamsHandling: 'merge',
      replaceUrl: replacesHistory(present, next),
    });
  }
}

function sameDomain(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
