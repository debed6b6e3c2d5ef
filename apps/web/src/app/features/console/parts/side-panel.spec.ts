import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SidePanel } from './side-panel';

@Component({
  imports: [SidePanel],
  template: `
    <main tabindex="-1">
      @if (row()) {
        <button class="row">A row</button>
      }
      <button class="other">Something else</button>
    </main>
    @if (open()) {
      <dr-side-panel heading="The row" (closed)="open.set(false)"><button class="within">Delete</button></dr-side-panel>
    }
  `,
})
class Page {
  readonly row = signal(true);
  readonly open = signal(false);
}

describe('SidePanel', () => {
  let page: Page;
  let element: HTMLElement;
  const focused = (): string => document.activeElement?.className || (document.activeElement?.tagName ?? '').toLowerCase();

  beforeEach(() => {
    const fixture = TestBed.createComponent(Page);
    page = fixture.componentInstance;
    element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    TestBed.tick();
    element.querySelector<HTMLElement>('.row')!.focus();
    page.open.set(true);
    TestBed.tick();
  });
  afterEach(() => element.remove());

  function close(): void {
    page.open.set(false);
    TestBed.tick();
  }

  it('takes the focus, and gives it back', () => {
    expect(document.activeElement?.textContent).toBe('The row');
    close();
    expect(focused()).toBe('row');
  });

  it('gives it to the page where the row is gone', () => {
    element.querySelector<HTMLElement>('.within')!.focus();
    page.row.set(false);
    close();
    expect(focused()).toBe('main');
  });

  it('leaves it where the reader went meanwhile', () => {
    element.querySelector<HTMLElement>('.other')!.focus();
    close();
    expect(focused()).toBe('other');
  });
});
