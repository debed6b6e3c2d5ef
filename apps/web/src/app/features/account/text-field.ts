import { Component, type ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { Submission } from './submission';

let fields = 0;

/** A field with its label, a hint, and what is wrong with it. A password can be looked at. Password managers find what they look for. */
@Component({
  selector: 'dr-text-field',
  template: `
    <label [attr.for]="id">{{ label() }}</label>
    <div class="box">
      <input
        #field
        [id]="id"
        [name]="name()"
        [type]="shown() ? 'text' : type()"
        [attr.autocomplete]="autocomplete()"
        [attr.inputmode]="type() === 'email' ? 'email' : null"
        [attr.autocapitalize]="type() === 'text' ? null : 'none'"
        [attr.spellcheck]="type() === 'text' ? null : 'false'"
        [attr.maxlength]="longest()"
        [attr.aria-invalid]="problem() ? 'true' : null"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-required]="needed() ? 'true' : null"
        [value]="value()"
        (input)="submission.mend(name())"
      />
      @if (type() === 'password') {
        <button type="button" class="show" [attr.aria-controls]="id" [attr.aria-label]="shown() ? t('account.hideField', { label: label() }) : t('account.showField', { label: label() })" (click)="toggle()">{{ shown() ? t('account.hide') : t('account.show') }}</button>
      }
    </div>
    @if (problem(); as words) {
      <p class="problem" [id]="id + '-problem'">{{ words }}</p>
    }
    @if (hint()) {
      <p class="hint" [id]="id + '-hint'">{{ hint() }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s1);
      min-width: 0;
    }

    label {
      font-size: var(--size-small);
      font-weight: 600;
    }

    .box {
      position: relative;
    }

    input {
      width: 100%;
      min-height: 2.75rem;
      padding: var(--s2) var(--s3);
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius);
      background: var(--paper-raised);
      font-size: 1rem;
    }

    .box:has(.show) input {
      padding-right: 4rem;
    }

    input:focus {
      border-color: var(--ink);
      outline: 1px solid var(--ink);
      outline-offset: 0;
    }

    input[aria-invalid] {
      border-color: var(--bad);
    }

    .show {
      position: absolute;
      inset: 1px 1px 1px auto;
      min-width: 3.5rem;
      padding: 0 var(--s3);
      border: 0;
      background: none;
      color: var(--accent);
      font-size: var(--size-small);
    }

    .show:hover {
      text-decoration: underline;
      text-underline-offset: 0.18em;
    }

    .problem {
      color: var(--bad);
      font-size: var(--size-small);
      text-wrap: pretty;
    }

    .hint {
      color: var(--ink-soft);
      font-size: var(--size-small);
      text-wrap: pretty;
    }
  `,
})
export class TextField {
  protected readonly t = injectTranslate();
  readonly label = input.required<string>();
  /** The name in the form, and in the API where it is the same. */
  readonly name = input.required<string>();
  readonly type = input<'text' | 'email' | 'password'>('text');
  readonly autocomplete = input.required<string>();
  readonly hint = input('');
  /** What it holds at first. */
  readonly value = input('');
  readonly longest = input<number | null>(null);
  /** Whether it must be filled in. */
  readonly needed = input(true);

  protected readonly submission = inject(Submission);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly id = `field-${++fields}`;
  protected readonly shown = signal(false);
  protected readonly problem = computed(() => this.submission.problems()[this.name()]?.() ?? null);
  protected readonly describedBy = computed(() => [this.problem() && `${this.id}-problem`, this.hint() && `${this.id}-hint`].filter(Boolean).join(' ') || null);

  protected toggle(): void {
    this.shown.update((shown) => !shown);
    this.field().nativeElement.focus();
  }
}
