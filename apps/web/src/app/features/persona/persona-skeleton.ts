import { Component } from '@angular/core';

/** The shape of a persona's page that is on its way. Stands in the page's own grid. */
@Component({
  selector: 'dr-persona-skeleton',
  host: { 'aria-hidden': 'true' },
  template: `
    <span class="skeleton plate"></span>
    <div class="head">
      <span class="skeleton name"></span>
      <span class="skeleton standing"></span>
    </div>
    <div class="body">
      <span class="skeleton tagline"></span>
      <span class="skeleton choice"></span>
      <span class="skeleton choice"></span>
      <span class="skeleton begin"></span>
      <span class="skeleton line"></span>
      <span class="skeleton line"></span>
      <span class="skeleton line short"></span>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template: auto 1fr / clamp(13rem, 29vw, 22rem) minmax(0, 1fr);
      column-gap: clamp(2rem, 5vw, 4.5rem);
    }

    .plate {
      grid-row: 1 / span 2;
      aspect-ratio: 4 / 5;
    }

    .name {
      width: min(22rem, 90%);
      height: 3.25rem;
    }

    .standing {
      width: min(12rem, 60%);
      height: 1rem;
      margin-top: var(--s3);
    }

    .tagline {
      max-width: 34rem;
      height: 1.5rem;
      margin-top: var(--s5);
    }

    .choice {
      max-width: 38rem;
      height: 2.75rem;
      margin-top: var(--s5);
    }

    .begin {
      width: 12rem;
      height: 2.75rem;
      margin-block: var(--s5) var(--s7);
    }

    .line {
      max-width: 40rem;
      height: 1.125rem;
      margin-top: var(--s3);
    }

    .short {
      max-width: 24rem;
    }

    @media (width < 48rem) {
      :host {
        grid-template: auto auto / minmax(7rem, 36%) minmax(0, 1fr);
        column-gap: var(--s4);
      }

      .plate {
        grid-row: 1;
      }

      .name {
        height: 2.5rem;
      }

      .body {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class PersonaSkeleton {}
