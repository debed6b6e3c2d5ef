import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { injectTranslate } from '../../i18n/language';
import type { TextKey } from '../../i18n/scopes';

/** A route's title: the key of its text, checked. */
export function titled(key: TextKey): string {
  return key;
}

/** "Personas · Dramatis", in the language of the page. A page that learns its subject later sets it with {@link setSubject}. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly t = injectTranslate();
  private readonly shown = signal<() => string>(() => '');
  /** What all pages here are about, such as a persona; empty elsewhere. */
  private readonly place = signal('');

  constructor() {
    super();
    effect(() => this.write());
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const key = this.buildTitle(snapshot) as TextKey | undefined;
    this.show(() => (key ? this.t(key) : ''));
  }

  setSubject(subject: string): void {
    this.show(() => subject);
  }

  /** Names what the pages are about that follow, until it is taken back by ''. */
  setPlace(place: string): void {
    this.place.set(place);
  }

  private show(words: () => string): void {
    this.shown.set(words);
    untracked(() => this.write());
  }

  private write(): void {
    const words = [this.shown()(), this.place()].filter(Boolean).join(' – ');
    this.title.setTitle(words ? `${words} · Dramatis` : 'Dramatis');
  }
}
