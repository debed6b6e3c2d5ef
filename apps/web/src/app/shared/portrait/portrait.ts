import { Component, computed, input, linkedSignal } from '@angular/core';
import { initialsOf } from '../initials';
import { avatarSrcset } from './avatar-srcset';

/**
 * A persona's portrait in a ring of its hue; its initials while there is no picture or when it fails to load.
 * Stands inside `drPersonaHue`. Decorative: the name always stands beside it.
 */
@Component({
  selector: 'dr-portrait',
  host: { '[style.--size]': 'size()', 'aria-hidden': 'true' },
  template: `
    @if (imageUrl() && !failed()) {
      <img [src]="imageUrl()" [attr.srcset]="srcset()" alt="" decoding="async" (error)="failed.set(true)" />
    } @else {
      <span class="initials">{{ initials() }}</span>
    }
  `,
  styles: `
    :host {
      flex: none;
      display: grid;
      place-items: center;
      width: var(--size);
      aspect-ratio: 1;
      border-radius: 50%;
      overflow: hidden;
      background: var(--persona-wash);
      box-shadow:
        0 0 0 max(1px, calc(var(--size) / 56)) var(--persona-ring),
        0 0 0 calc(max(1px, var(--size) / 56) + max(2px, var(--size) / 32)) var(--paper),
        0 0 0 calc(max(1px, var(--size) / 56) + max(3px, var(--size) / 32 + 1px)) var(--persona-ring);
      container-type: inline-size;
    }

    img {
      width: 100%;
      height: 100%;
      object-fit: cover;
      /* Portraits are upright: a circle takes the face, not the collar. */
      object-position: 50% 22%;
    }

    .initials {
      color: var(--persona-ink);
      font-family: var(--serif);
      font-size: 38cqi;
      line-height: 1;
      letter-spacing: 0.02em;
    }
  `,
})
export class Portrait {
  readonly name = input.required<string>();
  readonly imageUrl = input<string>();
  /** Any CSS length. */
  readonly size = input('4rem');

  /** An avatar is asked for in the size that is needed, which is a small one. */
  protected readonly srcset = computed(() => avatarSrcset(this.imageUrl(), 128, 320));
  protected readonly failed = linkedSignal({ source: this.imageUrl, computation: () => false });
  protected readonly initials = computed(() => initialsOf(this.name()));
}
