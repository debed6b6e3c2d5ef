import { Injectable, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

/** "Personas · Dramatis". A page that learns its subject later sets it with {@link setSubject}. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.setSubject(this.buildTitle(snapshot) ?? '');
  }

  setSubject(subject: string): void {
    this.title.setTitle(subject ? `${subject} · Dramatis` : 'Dramatis');
  }
}
