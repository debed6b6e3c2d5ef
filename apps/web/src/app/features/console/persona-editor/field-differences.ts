import { Component, input } from '@angular/core';
import type { PersonaProfile } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../../i18n/language';
import type { FieldDifference } from './profile-diff';

/** How two profiles differ, field by field; told by signs and by lines through and under, never by colour alone. */
@Component({
  selector: 'dr-field-differences',
  template: `
    @for (difference of differences(); track difference.field) {
      <section>
        <h3>{{ nameOf(difference.field) }}</h3>
        @switch (difference.kind) {
          @case ('text') {
            <p class="text">
              @for (run of difference.runs; track $index) {<!--
             -->@switch (run.kind) { @case ('added') {<ins>{{ run.text }}</ins>} @case ('removed') {<del>{{ run.text }}</del>} @default {<span>{{ run.text }}</span>} }<!--
           -->}
            </p>
          }
          @case ('list') {
            <ul>
              @for (item of difference.items; track $index) {
                <li [class]="item.kind">
                  @switch (item.kind) { @case ('added') {<ins>{{ item.text }}</ins>} @case ('removed') {<del>{{ item.text }}</del>} @default {<span>{{ item.text }}</span>} }
                </li>
              }
            </ul>
          }
          @case ('value') {
            <p class="value">
              @if (difference.before; as before) {
                @if (difference.field === 'imageUrl') {<img alt="" width="96" height="96" [src]="before" />} @else {<del>{{ before }}</del>}
              } @else {<span class="soft">{{ t('personaEditor.nothing') }}</span>}
              <span aria-hidden="true">→</span><span class="visually-hidden"> {{ t('personaEditor.became') }} </span>
              @if (difference.after; as after) {
                @if (difference.field === 'imageUrl') {<img alt="" width="96" height="96" [src]="after" />} @else {<ins>{{ after }}</ins>}
              } @else {<span class="soft">{{ t('personaEditor.nothing') }}</span>}
            </p>
          }
        }
      </section>
    } @empty {
      <p class="soft">{{ t('personaEditor.theySayTheSame') }}</p>
    }
  `,
  styles: `
    section {
      margin-top: var(--s4);
      max-width: 46rem;
    }

    h3 {
      margin-bottom: var(--s1);
    }

    p,
    li {
      overflow-wrap: anywhere;
    }

    .value {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2);
    }

    img {
      object-fit: cover;
      border: 1px solid var(--rule);
    }

    .text {
      font-family: var(--serif);
      font-size: 1.0625rem;
      line-height: var(--leading);
      white-space: pre-line;
    }

    ul {
      padding: 0;
      list-style: none;
    }

    li {
      position: relative;
      padding-left: 1.25rem;
    }

    li::before {
      position: absolute;
      left: 0;
      color: var(--ink-soft);
      font-family: var(--mono);
    }

    li.added::before {
      content: '+';
    }

    li.removed::before {
      content: '−';
    }

    ins {
      background: color-mix(in srgb, var(--good) 18%, transparent);
      text-decoration: underline;
      text-decoration-color: var(--good);
      text-underline-offset: 0.2em;
    }

    del {
      background: var(--bad-wash);
      text-decoration-color: var(--bad);
    }
  `,
})
export class FieldDifferences {
  protected readonly t = injectTranslate();
  readonly differences = input.required<readonly FieldDifference[]>();

  protected nameOf(field: string): string {
    return this.t(`personaEditor.${field as keyof PersonaProfile}`);
  }
}
