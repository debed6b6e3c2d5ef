import { Injectable, Injector, afterNextRender, inject, signal } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { type Problem, asProblem } from '../../core/problem';
import { accountWords } from './account-words';
import type { FieldCheck } from './field-checks';

export interface Submitted<T> {
  /** What is wrong with a field, by its name in the form, as far as the page can tell. */
  checks?: Record<string, FieldCheck>;
  /** What is sent, made of what the fields hold. */
  send: (values: Record<string, string>) => Promise<T>;
  /** The field that a code is about, by the code; what is about none stands above the button. */
  fields?: Record<string, string>;
}

/**
 * One form of a page: sends what was typed, once at a time, and says beside each field what is wrong with it. The focus goes to the
 * first of those; nothing that was typed is lost.
 */
@Injectable()
export class Submission {
  private readonly injector = inject(Injector);
  private readonly sending = signal(false);
  private readonly t = injectTranslate();
  private readonly ofFields = signal<Record<string, () => string>>({});
  private readonly ofForm = signal<Problem | null>(null);
  readonly busy = this.sending.asReadonly();
  /** What is wrong, by the name of a field, in the language of the page. */
  readonly problems = this.ofFields.asReadonly();
  /** What is wrong and about no field. */
  readonly problem = this.ofForm.asReadonly();

  /** Resolves to what `send` gave; to undefined when it failed, or was not tried. */
  async run<T>(form: HTMLFormElement, { checks = {}, send, fields = {} }: Submitted<T>): Promise<T | undefined> {
    if (this.busy()) return undefined;
    const values = valuesOf(form);
    const wrong = Object.entries(checks).flatMap(([name, check]) => {
      const words = (): string | null => check(values[name] ?? '', this.t);
      return words() === null ? [] : [[name, () => words() ?? ''] as const];
    });
    this.show(form, Object.fromEntries(wrong), null);
    if (wrong.length > 0) return undefined;
    this.sending.set(true);
    try {
      return await send(values);
    } catch (error) {
      const problem = asProblem(error);
      const named = nameOf(problem, fields, values);
      this.show(form, named === null ? {} : { [named]: () => accountWords(this.t, problem) }, named === null ? problem : null);
      return undefined;
    } finally {
      this.sending.set(false);
    }
  }

  /** What was wrong with a field is being mended. */
  mend(name: string): void {
    this.ofFields.update(({ [name]: _, ...others }) => others);
  }

  private show(form: HTMLFormElement, ofFields: Record<string, () => string>, ofForm: Problem | null): void {
    this.ofFields.set(ofFields);
    this.ofForm.set(ofForm);
    if (Object.keys(ofFields).length === 0) return;
    // Once the field is described by what is wrong with it, so that it is read out with it.
    afterNextRender(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), { injector: this.injector });
  }
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const);
  return Object.fromEntries(entries);
}

/** The field that the server speaks of: by the code, or by the path of what it found wrong. */
function nameOf(problem: Problem, fields: Record<string, string>, values: Record<string, string>): string | null {
  const path = problem.document?.issues?.[0]?.path;
  if (path !== undefined && path in values) return path;
  return fields[problem.code] ?? null;
}
