import { DestroyRef, Directive, ElementRef, inject, signal } from '@angular/core';

/** How near the end counts as being there, in CSS pixels. */
const nearPx = 120;

/**
 * Keeps the end of a growing text in sight, but only while the reader is there: whoever scrolls up is left in peace.
 * Stands on the element that grows; the window is what scrolls.
 */
@Directive({ selector: '[drFollowEnd]', exportAs: 'drFollowEnd' })
export class FollowEnd {
  private readonly following = signal(true);
  /** Whether the reader is away from the end. */
  readonly away = signal(false);
  private lastScrollTop = 0;

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const observer = new ResizeObserver(() => {
      if (this.following()) this.scrollToEnd('instant');
      else this.away.set(!isNearEnd());
    });
    observer.observe(element);
    const onScroll = (): void => {
      const { scrollTop } = document.documentElement;
      // Only the reader scrolls up; growth and scrollToEnd go down.
      if (scrollTop < this.lastScrollTop - 2) this.following.set(isNearEnd());
      else if (isNearEnd()) this.following.set(true);
      this.lastScrollTop = scrollTop;
      this.away.set(!isNearEnd());
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
    });
  }

  /** Goes to the end and follows it from now on. */
  toEnd(): void {
    this.following.set(true);
    this.scrollToEnd(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
  }

  private scrollToEnd(behavior: ScrollBehavior): void {
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior });
  }
}

function isNearEnd(): boolean {
  const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
  return scrollHeight - scrollTop - clientHeight <= nearPx;
}
