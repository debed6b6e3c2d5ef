import { Component, computed, input, linkedSignal } from '@angular/core';
import { initialsOf } from '../initials';
import { avatarSrcset } from './avatar-srcset';

/**
 * A portrait as a plate in a book: the whole picture, four wide by five high, in a hairline frame of the persona's hue; the
 * initials while there is no picture. As wide as its place. Stands inside `drPersonaHue`, beside the name, and is decorative.
 */
@Component({
  selector: 'dr-plate',
  host: { 'aria-hidden': 'true' },
  template: `
    @if (shownUrl(); as url) {
      <img
        [src]="url"
        [attr.srcset]="srcset()"
        alt=""
        width="640"
        height="800"
        decoding="async"
        [attr.loading]="eager() ? null : 'lazy'"
        [attr.fetchpriority]="eager() ? 'high' : null"
        (error)="failedUrl.set(url)"
      />
    } @else {
      <span class="initials">{{ initials() }}</span>
    }
  `,
  styles: `
    :host {
      display: block;
      aspect-ratio: 4 / 5;
      padding: 5px;
      border: 1px solid var(--persona-ring);
      background: var(--paper-raised);
      container-type: inline-size;
    }

    img,
    .initials {
      display: block;
      width: 100%;
      height: 100%;
      background: var(--persona-wash);
    }

    img {
      object-fit: cover;
      object-position: 50% 20%;
    }

    .initials {
      display: grid;
      place-items: center;
      color: var(--persona-ink);
      font-family: var(--serif);
      font-size: 34cqi;
      line-height: 1;
    }

    @media (width < 40rem) {
      :host {
        padding: 3px;
      }
    }
  `,
})
export class Plate {
  readonly name = input.required<string>();
  readonly imageUrl = input<string>();
  /** Whether it is in the first view, and loads before everything else. */
  readonly eager = input(false);

  protected readonly failedUrl = linkedSignal<string | undefined, string | null>({
    source: this.imageUrl,
    computation: () => null,
  });
  protected readonly shownUrl = computed(() => {
    const url = this.imageUrl();
    return url && url !== this.failedUrl() ? url : null;
  });
  /** An avatar at as many pixels as the screen has. */
  protected readonly srcset = computed(() => avatarSrcset(this.shownUrl(), 320, 640));
  protected readonly initials = computed(() => initialsOf(this.name()));
}
