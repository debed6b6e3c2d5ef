import { Component, computed, input } from '@angular/core';

/** Line drawings on a 20-unit square, drawn for this product. */
const drawings = {
  send: 'M10 16V4.5M5 9.5l5-5 5 5',
  stop: 'M6 6h8v8H6z',
  copy: 'M7.5 7.5h8v9h-8zM12.5 7.5v-4h-8v9h3',
  check: 'M4 10.5l4 4 8-9',
  again: 'M15.5 7A6.3 6.3 0 1 0 16.3 11M16 3.5V7.3h-3.8',
  up: 'M6.5 9v8H3.5V9zM6.5 9l3-6c1.3 0 2 .8 2 2L11 8h4.5c.9 0 1.4.8 1.2 1.6l-1.4 6c-.2.9-.8 1.4-1.6 1.4H6.5',
  down: 'M6.5 11V3H3.5v8zM6.5 11l3 6c1.3 0 2-.8 2-2l-.5-3h4.5c.9 0 1.4-.8 1.2-1.6l-1.4-6C15.1 3.5 14.5 3 13.7 3H6.5',
  previous: 'M12 5l-5 5 5 5',
  next: 'M8 5l5 5-5 5',
  below: 'M10 4v11.5M5 10.5l5 5 5-5',
  close: 'M5 5l10 10M15 5L5 15',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  light: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  dark: 'M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z',
  contrast: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 3v14M12 4v12M14 5.5v9',
  system: 'M3 4h14v9H3zM7.5 16.5h5M10 13v3.5',
  compact: 'M3.5 5h13M3.5 8.3h13M3.5 11.6h13M3.5 15h13',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  edit: 'M4 16l.8-3.2L13.5 4 16 6.5 7.2 15.2zM11.5 6L14 8.5',
  remove: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5',
  notice: 'M10 3L18 16.5H2zM10 8v4M10 14.2v.1',
  wire: 'M3 8.5a10 10 0 0 1 14 0M5.8 11.5a6 6 0 0 1 8.4 0M10 15v.1',
  away: 'M11.5 4H16v4.5M16 4l-7.5 7.5M13.5 11.5V16h-9.5V6.5H8.5',
  add: 'M10 4v12M4 10h12',
  less: 'M4 10h12',
  download: 'M10 3.5v9M5.5 8.5l4.5 4.5 4.5-4.5M4 16.5h12',
  upload: 'M10 13V4M5.5 8l4.5-4.5 4.5 4.5M4 16.5h12',
  pause: 'M7 5v10M13 5v10',
  play: 'M6.5 4.5l9 5.5-9 5.5z',
  console: 'M3 4h14v12H3zM3 8h14M3 12h14M8 8v8',
  person: 'M10 10.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8zM3.8 16.8c.6-2.8 3-4.3 6.2-4.3s5.6 1.5 6.2 4.3',
  leave: 'M12 5.5v-2H4v13h8v-2M8.5 10H17M14 7l3 3-3 3',
  pin: 'M7 3.5h6M8 3.5l-.4 5L5.5 11h9l-2.1-2.5-.4-5M10 11v5.5',
  archive: 'M3.5 4.5h13v3h-13zM4.5 7.5V16h11V7.5M8 10.5h4',
  restore: 'M3.5 4.5h13v3h-13zM4.5 7.5V16h11V7.5M10 14v-4M8 12l2-2 2 2',
  share: 'M10 12.5v-9M6.5 7L10 3.5 13.5 7M6 9.5H4V17h12V9.5h-2',
  quote: 'M4.5 11.5c0-3 1-4.8 3.5-5.7M4.5 11.5H8V15H4.5zM11.5 11.5c0-3 1-4.8 3.5-5.7M11.5 11.5H15V15h-3.5z',
  print: 'M6 7.5v-4h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8v5H6z',
  pilcrow: 'M13 17V3.5H8.5a3.5 3.5 0 0 0 0 7H10M10 3.5V17',
} as const;

export type IconName = keyof typeof drawings;

/** Decorative: the control that holds it carries the words. */
@Component({
  selector: 'dr-icon',
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 20 20" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      width: 1.25em;
      height: 1.25em;
    }

    path {
      fill: none;
      stroke: currentColor;
      stroke-width: 1.4;
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    :host(.solid) path {
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => drawings[this.name()]);
}
