import { Component, input, model } from '@angular/core';

/** Phrases, one a line. */
@Component({
  selector: 'dr-rule-phrases',
  template: `
    <div class="field">
      <label [for]="name()">{{ label() }}</label>
      <textarea rows="2" [id]="name()" [value]="text()" [attr.aria-describedby]="name() + '-hint'" (input)="set($any($event.target).value)"></textarea>
      <p class="hint" [id]="name() + '-hint'">{{ hint() }}</p>
    </div>
  `,
})
export class RulePhrases {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input.required<string>();
  readonly value = model.required<string[] | undefined>();

  protected text(): string {
    return (this.value() ?? []).join('\n');
  }

  protected set(text: string): void {
    this.value.set(text.split('\n').map((line) => line.trimStart()).filter((line, index, all) => line !== '' || index < all.length - 1));
  }
}
