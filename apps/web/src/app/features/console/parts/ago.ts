import { Component, computed, inject, input } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { exactTime, relativeTime } from '../../../shared/relative-time';
import { Clock } from './clock';

/** A time as "3 hours ago" or "in 2 days", with the exact one on hover and for whoever reads the page otherwise. */
@Component({
  selector: 'dr-ago',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ words() }}</time>`,
  styles: `
    :host {
      white-space: nowrap;
    }
  `,
})
export class Ago {
  protected readonly t = injectTranslate();
  readonly at = input.required<string>();
  private readonly clock = inject(Clock);
  protected readonly words = computed(() => relativeTime(this.t, this.at(), this.clock.now()));
  protected readonly exact = computed(() => exactTime(this.t, this.at()));
}
