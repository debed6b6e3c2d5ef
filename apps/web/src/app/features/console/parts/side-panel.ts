import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, DestroyRef, ElementRef, afterNextRender, inject, input, output, signal, viewChild } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { Icon } from '../../../shared/icon';

let panels = 0;

/**
 * A panel at the right of a list that stays usable beside it. Takes the focus when it opens and gives it back when it closes, to the
 * page where what had it is gone with what the panel was about; on narrow screens it covers the page and keeps the focus. Content: `[panelNote]` below the heading, `[panelActions]` beside it, and the rest.
 */
@Component({
  selector: 'dr-side-panel',
  imports: [CdkTrapFocus, Icon],
  template: `
    <div
      class="panel"
      role="dialog"
      [attr.aria-labelledby]="id"
      [attr.aria-modal]="narrow() ? 'true' : null"
      [cdkTrapFocus]="narrow()"
      (keydown.escape)="close($event)"
    >
      <header>
        <div class="title">
          @if (kicker()) {
            <p class="kicker">{{ kicker() }}</p>
          }
          <h2 #head [id]="id" tabindex="-1">{{ heading() }}</h2>
          <ng-content select="[panelNote]" />
        </div>
        <ng-content select="[panelActions]" />
        <button type="button" class="round close" [attr.aria-label]="t('console.closeThePanel')" (click)="closed.emit()"><dr-icon name="close" /></button>
      </header>
      <div class="content" tabindex="0" role="region" [attr.aria-label]="heading()"><ng-content /></div>
    </div>
  `,
  styles: `
    .panel {
      position: fixed;
      inset: 0 0 0 auto;
      z-index: 10;
      display: flex;
      flex-direction: column;
      width: min(var(--panel-width, 44rem), 100vw);
      border-left: 1px solid var(--rule);
      background: var(--paper-raised);
      box-shadow: -6px 0 24px var(--shadow);
    }

    header {
      display: flex;
      align-items: flex-start;
      gap: var(--s3);
      padding: var(--s4) var(--s5) var(--s3);
      border-bottom: 1px solid var(--rule);
    }

    .title {
      flex: 1;
      min-width: 0;
    }

    h2 {
      font-size: var(--size-h3);
      line-height: 1.25;
      overflow-wrap: anywhere;
    }

    .kicker {
      color: var(--accent);
      font-size: var(--size-fine);
      font-weight: 600;
    }

    .close {
      margin: -0.125rem -0.5rem 0 0;
    }

    .content {
      flex: 1;
      min-height: 0;
      padding: var(--s4) var(--s5) var(--s7);
      overflow: hidden auto;
      overscroll-behavior: contain;
    }

    .content:focus-visible {
      outline-offset: -3px;
    }

    @media (width < 48rem) {
      header,
      .content {
        padding-inline: var(--s4);
      }
    }
  `,
})
export class SidePanel {
  protected readonly t = injectTranslate();
  readonly heading = input.required<string>();
  readonly kicker = input<string>();
  readonly closed = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly head = viewChild.required<ElementRef<HTMLElement>>('head');
  protected readonly id = `side-panel-${++panels}`;
  protected readonly narrow = signal(false);

  constructor() {
    const former = document.activeElement;
    const narrow = window.matchMedia('(width < 48rem)');
    const follow = (): void => this.narrow.set(narrow.matches);
    follow();
    narrow.addEventListener('change', follow);
    afterNextRender(() => this.head().nativeElement.focus({ preventScroll: true }));
    inject(DestroyRef).onDestroy(() => {
      narrow.removeEventListener('change', follow);
      // A panel that makes room for another one has lost the focus to it already.
      const lost = document.activeElement === null || document.activeElement === document.body || this.host.contains(document.activeElement);
      if (!lost) return;
      const heir = former instanceof HTMLElement && former.isConnected && former !== document.body ? former : document.querySelector<HTMLElement>('main');
      heir?.focus({ preventScroll: true });
    });
  }

  protected close(event: Event): void {
    event.stopPropagation();
    this.closed.emit();
  }
}
