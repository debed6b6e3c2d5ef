import { Component, input, model } from '@angular/core';

/** A bound that may be left open. */
@Component({
  selector: 'dr-rule-number',
  template: `
    <div class="field">
      <label [for]="name()">{{ label() }}</label>
      <input type="number" min="1" [attr.max]="most()" step="1" inputmode="numeric" [id]="name()" [value]="value() ?? ''" (input)="set($any($event.target).value)" />
    </div>
  `,
})
export class RuleNumber {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly most = input(5_000);
  readonly value = model.required<number | undefined>();

  protected set(text: string): void {
    const number = Number.parseInt(text, 10);
    this.value.set(Number.isFinite(number) ? number : undefined);
  }
}
