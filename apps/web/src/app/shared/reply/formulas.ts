import { Injectable, signal } from '@angular/core';

/** A formula in TeX as MathML, or null where it cannot be read. */
export type FormulaRenderer = (tex: string, display: boolean) => string | null;

/** Bounds on what a formula may ask for: sizes in em and pt, and how often a macro may be replaced. */
const bounds = { maxSize: [20, 200] as [number, number], maxExpand: 200 };

/** The content security policy takes none; texts have their quotation marks escaped. */
const styles = / style="[^"]*"/g;

/** What reads formulas, fetched when the first one is met: most replies have none. */
@Injectable({ providedIn: 'root' })
export class Formulas {
  private readonly loaded = signal<FormulaRenderer | null>(null);
  private asked = false;

  /** Null until it is there. */
  readonly renderer = this.loaded.asReadonly();

  want(): void {
    if (this.asked) return;
    this.asked = true;
    import('temml').then(
      ({ default: temml }) =>
        this.loaded.set((tex, display) => {
          try {
            return temml.renderToString(tex, { ...bounds, displayMode: display, throwOnError: true, trust: false }).replaceAll(styles, '');
          } catch {
            // Not TeX, or deeper than the stack: it stays as it was written.
            return null;
          }
        }),
      () => (this.asked = false),
    );
  }
}
