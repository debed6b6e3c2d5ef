import { Overlay, type OverlayRef } from '@angular/cdk/overlay';
import { ComponentPortal } from '@angular/cdk/portal';
import { Component, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import type { CitationMark } from '../../shared/reply/reply';
import { personaColors } from '../../shared/persona-colors';
import { Theme } from '../../core/theme';

const delayMs = 120;
const longestExcerpt = 420;

/** A slip of paper beside a citation's numeral with the passage that it refers to. Comes and goes with pointer or focus. */
@Injectable()
export class PassagePeek {
  private readonly overlay = inject(Overlay);
  private readonly theme = inject(Theme);
  private shown: OverlayRef | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.hide());
  }

  show({ citation, element }: CitationMark, hue: number): void {
    this.hide();
    this.timer = setTimeout(() => {
      if (!element.isConnected) return;
      const position = this.overlay
        .position()
        .flexibleConnectedTo(element)
        .withViewportMargin(12)
        .withPush(true)
        .withPositions([
          { originX: 'center', originY: 'top', overlayX: 'center', overlayY: 'bottom', offsetY: -8 },
          { originX: 'center', originY: 'bottom', overlayX: 'center', overlayY: 'top', offsetY: 8 },
        ]);
      const scrollStrategy = this.overlay.scrollStrategies.close();
      this.shown = this.overlay.create({ positionStrategy: position, scrollStrategy, usePopover: false });
      const peek = this.shown.attach(new ComponentPortal(PassageSlip)).instance;
      // On a narrow screen the slip of a numeral that has the focus lies over what a finger may want to press.
      this.shown.overlayElement.style.pointerEvents = 'none';
      const colors = personaColors(hue, { scheme: this.theme.scheme(), highContrast: this.theme.highContrast() });
      peek.ink.set(colors.ink);
      peek.number.set(citation.number);
      peek.title.set(citation.documentTitle);
      peek.place.set(citation.headingPath.join(' › '));
      peek.text.set(excerpt(citation.text));
    }, delayMs);
  }

  /** Returns whether there was one to hide. */
  hide(): boolean {
    clearTimeout(this.timer);
    const wasShown = this.shown !== null;
    this.shown?.dispose();
    this.shown = null;
    return wasShown;
  }
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestExcerpt) return line;
  return `${line.slice(0, line.lastIndexOf(' ', longestExcerpt))} …`;
}

/** Said by the numeral's own name and opened by pressing it, so that screen readers need not hear of the slip. */
@Component({
  selector: 'dr-passage-slip',
  host: { 'aria-hidden': 'true', '[style.--persona-ink]': 'ink()' },
  template: `
    <p class="title"><span class="number">{{ number() }}</span> {{ title() }}</p>
    @if (place(); as place) {
      <p class="place">{{ place }}</p>
    }
    <p class="text">{{ text() }}</p>
    <p class="hint">{{ t('conversation.pressTheNumeralToReadItIn') }}</p>
  `,
  styles: `
    :host {
      display: block;
      max-width: min(26rem, calc(100vw - 2rem));
      padding: var(--s4);
      border: 1px solid var(--rule);
      border-top: 2px solid var(--persona-ink);
      background: var(--paper-raised);
      box-shadow: 0 6px 26px var(--shadow);
      pointer-events: none;
    }

    .title {
      font-weight: 600;
      line-height: 1.3;
    }

    .number {
      color: var(--persona-ink);
      font-variant-numeric: lining-nums;
    }

    .place {
      color: var(--ink-soft);
      font-size: var(--size-fine);
    }

    .text {
      margin-top: var(--s2);
      font-family: var(--serif);
      font-size: 1rem;
      line-height: 1.45;
    }

    .hint {
      margin-top: var(--s2);
      color: var(--ink-soft);
      font-size: var(--size-fine);
    }
  `,
})
export class PassageSlip {
  protected readonly t = injectTranslate();
  readonly ink = signal('');
  readonly number = signal(0);
  readonly title = signal('');
  readonly place = signal('');
  readonly text = signal('');
}
