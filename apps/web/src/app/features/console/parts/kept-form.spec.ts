import { Component, signal, viewChild } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { KeptForm } from './kept-form';

@Component({
  imports: [KeptForm],
  template: `
    <form [drKeptForm]="about()">
      <input name="title" [value]="saved()" />
      <input name="secret" type="password" />
      <select #kind name="kind" (change)="every.set(kind.value === 'every')">
        <option value="once">once</option>
        <option value="every">every</option>
      </select>
      @if (every()) {
        <input name="days" value="1" />
      }
      <input name="publish" type="radio" value="now" checked />
      <input name="publish" type="radio" value="later" />
    </form>
  `,
})
class Page {
  readonly about = signal('a');
  readonly saved = signal('As saved');
  readonly every = signal(false);
  readonly kept = viewChild.required(KeptForm);
}

describe('KeptForm', () => {
  let fixture: ComponentFixture<Page>;
  const field = <T extends HTMLInputElement>(selector: string): T => (fixture.nativeElement as HTMLElement).querySelector<T>(selector)!;

  function open(about = 'a'): void {
    fixture = TestBed.createComponent(Page);
    fixture.componentInstance.about.set(about);
    TestBed.tick();
    // What a choice brings comes one rendering later.
    TestBed.tick();
  }

  function type(selector: string, value: string): void {
    field(selector).value = value;
    field(selector).dispatchEvent(new Event('input', { bubbles: true }));
    field(selector).dispatchEvent(new Event('change', { bubbles: true }));
    TestBed.tick();
  }

  it('brings back what was typed and chosen, also in fields that a choice brings', () => {
    open();
    type('[name=title]', 'Half a title');
    type('[name=kind]', 'every');
    type('[name=days]', '7');
    field('[value=later]').click();
    open();
    expect(fixture.componentInstance.kept().broughtBack()).toBe(true);
    expect(field('[name=title]').value).toBe('Half a title');
    expect(field('[name=days]').value).toBe('7');
    expect(field('[value=later]').checked).toBe(true);
  });

  it('keeps no password, and nothing that is as it was', () => {
    open();
    type('[name=secret]', 'hunter2');
    expect({ ...localStorage }).toEqual({});
    type('[name=title]', 'Another');
    expect(JSON.stringify({ ...localStorage })).not.toContain('hunter2');
    type('[name=title]', 'As saved');
    expect({ ...localStorage }).toEqual({});
  });

  it('lets go of what came back, and of what was saved', () => {
    open();
    type('[name=title]', 'Half a title');
    open();
    fixture.componentInstance.kept().revert();
    TestBed.tick();
    expect(field('[name=title]').value).toBe('As saved');
    expect({ ...localStorage }).toEqual({});
    type('[name=title]', 'A whole title');
    fixture.componentInstance.saved.set('A whole title');
    fixture.componentInstance.kept().clear();
    TestBed.tick();
    expect({ ...localStorage }).toEqual({});
    // From here on that is what is saved.
    type('[name=title]', 'A whole title');
    expect({ ...localStorage }).toEqual({});
  });

  it('keeps what is about one thing from another', () => {
    open('a');
    type('[name=title]', 'Of a');
    open('b');
    expect(field('[name=title]').value).toBe('As saved');
  });
});
