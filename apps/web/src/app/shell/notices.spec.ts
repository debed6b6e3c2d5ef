import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Notifier } from '../core/notifier';
import { Notices } from './notices';

describe('Notices', () => {
  let notifier: Notifier;
  let page: HTMLElement;
  const slip = (): HTMLElement | null => page.querySelector('.slip');
  const button = (name: string): HTMLButtonElement => [...page.querySelectorAll('button')].find((found) => (found.getAttribute('aria-label') ?? found.textContent).trim() === name)!;

  beforeEach(() => {
    jest.useFakeTimers();
    notifier = TestBed.inject(Notifier);
    page = TestBed.createComponent(Notices).nativeElement as HTMLElement;
    document.body.append(page);
    notifier.tell('Archived.', { label: 'Undo', run: () => undefined });
    TestBed.tick();
  });
  afterEach(() => {
    jest.useRealTimers();
    page.remove();
  });

  function wait(ms: number): void {
    jest.advanceTimersByTime(ms);
    TestBed.tick();
  }

  it('go by themselves', () => {
    wait(6_000);
    expect(slip()).toBeNull();
  });

  it('stay while the focus or the pointer is on them', () => {
    button('Undo').focus();
    wait(60_000);
    expect(slip()).not.toBeNull();
    button('Undo').blur();
    wait(6_000);
    expect(slip()).toBeNull();
  });

  it('give the focus back to where it was', () => {
    const elsewhere = document.body.appendChild(document.createElement('button'));
    elsewhere.focus();
    button('Dismiss').focus();
    button('Dismiss').click();
    TestBed.tick();
    expect(slip()).toBeNull();
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });
});
