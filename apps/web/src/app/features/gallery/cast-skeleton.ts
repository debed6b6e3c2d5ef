import { Component } from '@angular/core';

/** The shape of a cast that is on its way. */
@Component({
  selector: 'dr-cast-skeleton',
  host: { 'aria-hidden': 'true' },
  template: `
    @for (entry of entries; track entry) {
      <div class="entry">
        <span class="skeleton plate"></span>
        <div class="lines">
          <span class="skeleton name"></span>
          <span class="skeleton standing"></span>
          <span class="skeleton line"></span>
          <span class="skeleton line short"></span>
        </div>
        <span class="skeleton question"></span>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr));
      gap: var(--s7) var(--s6);
    }

    .plate {
      aspect-ratio: 4 / 5;
    }

    .lines {
      padding-top: var(--s4);
    }

    .name {
      width: 60%;
      height: 1.5rem;
    }

    .standing {
      width: 45%;
      height: 0.875rem;
      margin-top: var(--s2);
    }

    .line {
      height: 1rem;
      margin-top: var(--s3);
    }

    .short {
      width: 70%;
      margin-top: var(--s2);
    }

    .question {
      height: 3.5rem;
      margin-top: var(--s4);
    }

    @media (width < 40rem) {
      .entry {
        display: grid;
        grid-template-columns: 8.25rem minmax(0, 1fr);
        column-gap: var(--s4);
      }

      .lines {
        padding-top: 0;
      }

      .question {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class CastSkeleton {
  protected readonly entries = [1, 2, 3, 4];
}
