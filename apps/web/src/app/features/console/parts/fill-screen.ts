import { DestroyRef, Directive, ElementRef, afterNextRender, inject, signal } from '@angular/core';

/** What is left free above and below, in CSS pixels; at this distance from the top the element is to stick (1rem). */
const gapPx = 16;
const leastPx = 320;

/** For what stays beside a long page and scrolls in itself: as high as from where it stands to the end of the screen. */
@Directive({
  selector: '[drFillScreen]',
  host: { '[style.height.px]': 'height()' },
})
export class FillScreen {
  protected readonly height = signal(leastPx);

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const measure = (): void => {
      const top = Math.max(gapPx, element.getBoundingClientRect().top);
      this.height.set(Math.max(leastPx, Math.floor(window.innerHeight - top - gapPx)));
    };
    // What stands above may grow as well.
    const observer = new ResizeObserver(measure);
    afterNextRender(() => observer.observe(document.body));
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    });
  }
}
