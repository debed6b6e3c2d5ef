import { Component, computed, inject, input } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { PersonaEditing } from './persona-editing';
import { type ProfileFields, type VoiceFields } from './profile-fields';
import { issueWords } from './profile-words';

type TextField = { [Key in keyof ProfileFields]: ProfileFields[Key] extends string ? Key : never }[keyof ProfileFields];

/** One text of the profile, or a list of short ones with one to a line, with what is wrong with it. */
@Component({
  selector: 'dr-profile-text',
  host: { class: 'field' },
  template: `
    <label [for]="id()">{{ label() }}</label>
    @if (rows(); as rows) {
      <textarea #area [id]="id()" [rows]="rows" [value]="value()" [attr.aria-invalid]="problems().length > 0 || null" [attr.aria-describedby]="describedBy()" [attr.aria-required]="needed() || null" (input)="write(area.value)"></textarea>
    } @else {
      <input #line [id]="id()" autocomplete="off" [value]="value()" [attr.aria-invalid]="problems().length > 0 || null" [attr.aria-describedby]="describedBy()" [attr.aria-required]="needed() || null" (input)="write(line.value)" />
    }
    @if (hint(); as hint) {
      <p class="hint" [id]="id() + '-hint'">{{ hint }}</p>
    }
    @if (problems().length > 0) {
      <p class="field-problem" [id]="id() + '-problem'">{{ problems().join(' ') }}</p>
    }
  `,
})
export class ProfileText {
  protected readonly t = injectTranslate();
  readonly label = input.required<string>();
  /** A field of the profile, or of its voice. */
  readonly field = input<TextField>();
  readonly voice = input<keyof VoiceFields>();
  /** Lines of a larger field; absent for one of a single line. */
  readonly rows = input<number>();
  readonly hint = input<string>();
  readonly needed = input(false);

  private readonly editing = inject(PersonaEditing);
  private readonly path = computed(() => (this.voice() ? `voice/${this.voice()}` : (this.field() ?? '')));
  protected readonly id = computed(() => `profile-${this.path().replace('/', '-')}`);
  protected readonly value = computed(() => {
    const [fields, field, voice] = [this.editing.fields(), this.field(), this.voice()];
    return voice ? fields.voice[voice] : field ? fields[field] : '';
  });
  protected readonly problems = computed(() => {
    const path = this.path();
    return this.editing.issues().filter((issue) => issue.path === path || issue.path.startsWith(`${path}/`)).map((issue) => issueWords(this.t, issue));
  });
  protected readonly describedBy = computed(() => [this.hint() && `${this.id()}-hint`, this.problems().length > 0 && `${this.id()}-problem`].filter(Boolean).join(' ') || null);

  protected write(text: string): void {
    const [field, voice] = [this.field(), this.voice()];
    if (voice) this.editing.change({ voice: { ...this.editing.fields().voice, [voice]: text } });
    else if (field) this.editing.change({ [field]: text });
  }
}
