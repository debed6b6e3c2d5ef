import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeConsole } from './fake-console';

/** The console's own routes over a server in memory, and what a test does with a page of them. */
export class ConsoleStage {
  readonly server = new FakeConsole();
  page!: HTMLElement;

  constructor() {
    TestBed.configureTestingModule({
      providers: [
        ...this.server.providers,
        provideRouter([{ path: 'console', loadChildren: () => import('../app/features/console/console.routes') }], withComponentInputBinding()),
      ],
    });
  }

  async open(url: string): Promise<void> {
    TestBed.inject(Router).setUpLocationChangeListener();
    const harness = await RouterTestingHarness.create(url);
    this.page = harness.fixture.nativeElement as HTMLElement;
  }

  get url(): string {
    return TestBed.inject(Router).url;
  }

  get text(): string {
    return (this.page.textContent ?? '').replace(/\s+/g, ' ');
  }

  /** A button or link by the words on it. */
  control(words: string): HTMLElement {
    const all = [...this.page.querySelectorAll<HTMLElement>('button, a')];
    const named = all.find((candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent ?? '').replace(/\s+/g, ' ').trim() === words);
    if (!named) throw new Error(`there is no control "${words}"; there are ${all.map((candidate) => candidate.textContent?.trim()).join(' | ')}`);
    return named;
  }

  press(words: string): void {
    this.control(words).click();
    TestBed.tick();
  }

  field<T extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement = HTMLInputElement>(label: string): T {
    const labels = [...this.page.querySelectorAll('label')];
    const id = labels.find((candidate) => candidate.textContent?.trim() === label)?.getAttribute('for');
    const field = id ? this.page.querySelector<T>(`[id="${id}"]`) : this.page.querySelector<T>(`[aria-label="${label}"]`);
    if (!field) throw new Error(`there is no field "${label}"`);
    return field;
  }

  fill(label: string, value: string): void {
    const field = this.field(label);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    TestBed.tick();
  }

  /** The cells of the table's rows, as words. */
  get rows(): string[][] {
    return [...this.page.querySelectorAll('table tbody tr')].map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()));
  }
}
