import { Directive, ElementRef, effect, inject, input, signal } from '@angular/core';

/** How near the end counts as being there, in CSS pixels. */
const nearPx = 120;

/**
 * Keeps the end of a growing text in sight, but only while the reader is there: whoever scrolls up is left in peace.
 * Stands on the element that grows, and is given what scrolls: an element around it, or null for the window.
 */
@Directive({ selector: '[drFollowEnd]', exportAs: 'drFollowEnd' })
export class FollowEnd {
  readonly drFollowEnd = input.required<HTMLElement | null>();
  /** Whether there is an end to follow; what stands there before anything is said is read from its beginning. */
  readonly hasEnd = input.required<boolean>();

  private readonly following = signal(true);
  /** Whether the reader is away from the end. */
  readonly away = signal(false);
  private lastScrollTop = 0;

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect((onCleanup) => {
      const within = this.drFollowEnd();
      const observer = new ResizeObserver(() => {
        if (this.following() && this.hasEnd()) this.scrollToEnd('instant');
        else this.away.set(!this.isNearEnd());
      });
      observer.observe(element);
      if (within) observer.observe(within);
      const onScroll = (): void => this.onScroll();
      const source = within ?? window;
      source.addEventListener('scroll', onScroll, { passive: true });
      onCleanup(() => {
        observer.disconnect();
        source.removeEventListener('scroll', onScroll);
      });
    });
  }

  /** Goes to the end and follows it from now on. */
  toEnd(): void {
    this.following.set(true);
    this.scrollToEnd(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
  }

  private onScroll(): void {
    const { scrollTop } = this.scroller();
    // Only the reader scrolls up; growth and scrollToEnd go down.
    if (scrollTop < this.lastScrollTop - 2) this.following.set(this.isNearEnd());
    else if (this.isNearEnd()) this.following.set(true);
    this.lastScrollTop = scrollTop;
    this.away.set(!this.isNearEnd());
  }

  private scrollToEnd(behavior: ScrollBehavior): void {
    (this.drFollowEnd() ?? window).scrollTo({ top: this.scroller().scrollHeight, behavior });
  }

  private isNearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller();
    return scrollHeight - scrollTop - clientHeight <= nearPx;
  }

  private scroller(): HTMLElement {
    return this.drFollowEnd() ?? document.documentElement;
  }
}
