import { Directive, ElementRef, Injector, afterNextRender, effect, inject, input, signal, untracked } from '@angular/core';
import { BrowserStorage } from '../../../core/browser-storage';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** What the fields of a form hold, by their names. */
type Values = Record<string, string[]>;

/**
 * Keeps in this browser what was typed into the named fields of a form and not saved, and brings it back when the form comes again: after
 * a reload, another page, or a session that has ended. Files and passwords are not kept.
 */
@Directive({
  selector: 'form[drKeptForm]',
  exportAs: 'drKeptForm',
  host: { '(input)': 'keep()', '(change)': 'keep()' },
})
export class KeptForm {
  /** Names what the form is about, such as a source. */
  readonly drKeptForm = input.required<string>();
  /** Whether the fields hold what came back, and not what is saved. */
  readonly broughtBack = signal(false);

  private readonly storage = inject(BrowserStorage);
  private readonly injector = inject(Injector);
  private readonly form = inject<ElementRef<HTMLFormElement>>(ElementRef).nativeElement;
  /** What the fields held before anything was typed; null until they are there. */
  private saved: Values | null = null;

  constructor() {
    effect(() => {
      this.drKeptForm();
      untracked(() => this.begin());
    });
  }

  /** What is typed is saved now. */
  clear(): void {
    this.storage.remove(this.key());
    this.broughtBack.set(false);
    this.afterRendering(() => (this.saved = this.values()));
  }

  /** Gives up what came back. */
  revert(): void {
    const { saved } = this;
    this.storage.remove(this.key());
    this.broughtBack.set(false);
    if (saved) this.write(saved);
  }

  protected keep(): void {
    if (this.saved === null) return;
    const values = this.values();
    if (JSON.stringify(values) === JSON.stringify(this.saved)) this.storage.remove(this.key());
    else this.storage.write(this.key(), values);
  }

  private begin(): void {
    this.saved = null;
    this.broughtBack.set(false);
    this.afterRendering(() => {
      this.saved = this.values();
      const kept = this.storage.read(this.key(), isValues);
      if (!kept || JSON.stringify(kept) === JSON.stringify(this.saved)) return;
      this.broughtBack.set(true);
      this.write(kept);
    });
  }

  private write(values: Values): void {
    this.fill(values);
    // A choice may bring fields of its own.
    this.afterRendering(() => this.fill(values));
  }

  private fill(values: Values): void {
    for (const field of this.fields()) {
      const held = values[field.name];
      if (held === undefined) continue;
      if (isChoice(field)) field.checked = held.includes(field.value);
      else field.value = held[0] ?? '';
      field.dispatchEvent(new Event(field instanceof HTMLSelectElement || isChoice(field) ? 'change' : 'input', { bubbles: true }));
    }
  }

  private values(): Values {
    const values: Values = {};
    for (const field of this.fields()) {
      const held = (values[field.name] ??= []);
      if (!isChoice(field) || field.checked) held.push(field.value);
    }
    return values;
  }

  private fields(): Field[] {
    return [...this.form.elements].filter((element): element is Field => {
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
      return isField && element.name !== '' && element.type !== 'password' && element.type !== 'file';
    });
  }

  private key(): string {
    return `form.${untracked(this.drKeptForm)}`;
  }

  private afterRendering(act: () => void): void {
    afterNextRender(act, { injector: this.injector });
  }
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');
}

function isValues(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((held) => Array.isArray(held) && held.every((one) => typeof one === 'string'));
}
