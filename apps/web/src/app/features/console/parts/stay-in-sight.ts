import { DestroyRef, Directive, ElementRef, afterNextRender, inject } from '@angular/core';

/** What is left free above and below, in CSS pixels. */
const gapPx = 24;

/**
 * For what sticks beside a long form and grows: what fits the screen stays at its top, what is longer goes along with the page until its end
 * is in sight, and stays there; what gets the focus in it comes into sight. Nothing scrolls in itself. Whether it sticks is for the styles to say.
 */
@Directive({ selector: '[drStayInSight]', host: { '(focusin)': 'reveal($event.target)' } })
export class StayInSight {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private topPx = gapPx;

  constructor() {
    const measure = (): void => this.stickAt(-Infinity);
    const observer = new ResizeObserver(measure);
    afterNextRender(() => observer.observe(this.element));
    window.addEventListener('resize', measure);
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    });
  }

  protected reveal(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement)) return;
    const { top, bottom } = target.getBoundingClientRect();
    if (top < gapPx) this.stickAt(this.topPx + 2 * gapPx - top);
    else if (bottom > window.innerHeight - gapPx) this.stickAt(this.topPx - (bottom - window.innerHeight + 2 * gapPx));
  }

  /** At this distance from the top of the screen, or as near as leaves neither end out of reach. */
  private stickAt(topPx: number): void {
    const leastPx = window.innerHeight - this.element.offsetHeight - gapPx;
    this.topPx = Math.min(gapPx, Math.max(leastPx, topPx));
    // At once: the browser scrolls to what has the focus, and must find it in its place.
    this.element.style.top = `${this.topPx}px`;
  }
}
