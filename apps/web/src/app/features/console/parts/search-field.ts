import { Component, DestroyRef, type ElementRef, effect, inject, input, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';

/** How long after the last key stroke a search begins. */
const pauseMs = 250;

/** A search whose words stand in the address, under `parameter`; a change goes back to the first page. */
@Component({
  selector: 'dr-search-field',
  template: `
    <input
      #field
      type="search"
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="search"
      aria-keyshortcuts="/"
      maxlength="100"
      [attr.aria-label]="label()"
      [placeholder]="placeholder()"
      (input)="later()"
      (keydown.enter)="now()"
    />
  `,
})
export class SearchField {
  readonly label = input.required<string>();
  readonly placeholder = input('');
  readonly parameter = input('search');
  readonly value = input.required<string>();

  private readonly router = inject(Router);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const value = this.value();
      // What is being typed runs ahead of the address.
      untracked(() => {
        const field = this.field().nativeElement;
        if (field.value.trim() !== value) field.value = value;
      });
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.pause));
  }

  protected later(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.now(), pauseMs);
  }

  protected now(): void {
    clearTimeout(this.pause);
    const words = this.field().nativeElement.value.trim();
    if (words === this.value()) return;
    void this.router.navigate([], {
      queryParams: { [this.parameter()]: words || null, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: this.value() !== '' && words !== '',
    });
  }
}
