import { Component, model } from '@angular/core';
import type { ModeHabit, ModeRules } from '@dramatis/contracts/custom-rules';
import { injectTranslate } from '../../../../i18n/language';
import { RuleNumber } from './rule-number';
import { RulePhrases } from './rule-phrases';

/** What a reply in the mode must keep to. */
@Component({
  selector: 'dr-mode-rules-fields',
  imports: [RuleNumber, RulePhrases],
  template: `
    @let set = rules();
    <div class="field">
      <label for="rule-question">{{ t('modes.questions') }}</label>
      <select id="rule-question" [value]="set.question ?? ''" (change)="change({ question: $any($event.target).value || undefined })">
        <option value="">{{ t('modes.asItLikes') }}</option>
        <option value="ends">{{ t('modes.endsWithAQuestion') }}</option>
        <option value="asks">{{ t('modes.asksSomewhere') }}</option>
        <option value="none">{{ t('modes.asksNothing') }}</option>
      </select>
    </div>
    <div class="pair">
      <dr-rule-number name="rule-min-words" [label]="t('modes.leastWords')" [value]="set.minWords" (valueChange)="change({ minWords: $event })" />
      <dr-rule-number name="rule-max-words" [label]="t('modes.mostWords')" [value]="set.maxWords" (valueChange)="change({ maxWords: $event })" />
      <dr-rule-number name="rule-min-parts" [label]="t('modes.leastParts')" [most]="20" [value]="set.minParts" (valueChange)="change({ minParts: $event })" />
    </div>
    <fieldset>
      <legend>{{ t('modes.habits') }}</legend>
      @for (habit of habits; track habit) {
        <label class="check"><input type="checkbox" [checked]="set.habits?.includes(habit) ?? false" (change)="toggle(habit)" /> {{ words(habit) }}</label>
      }
      <p class="hint">{{ t('modes.habitsHint') }}</p>
    </fieldset>
    <div class="pair">
      <dr-rule-phrases name="rule-mentions" [label]="t('modes.mentions')" [hint]="t('modes.mentionsHint')" [value]="set.mentions" (valueChange)="change({ mentions: $event })" />
      <dr-rule-phrases name="rule-avoids" [label]="t('modes.avoids')" [hint]="t('modes.avoidsHint')" [value]="set.avoids" (valueChange)="change({ avoids: $event })" />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s4);
    }
  `,
})
export class ModeRulesFields {
  protected readonly t = injectTranslate();
  readonly rules = model.required<ModeRules>();
  protected readonly habits: ModeHabit[] = ['steps_or_example', 'position', 'objection', 'to_reader'];

  protected words(habit: ModeHabit): string {
    return this.t(`modes.habit.${habit}`);
  }

  protected change(change: { [Name in keyof ModeRules]?: ModeRules[Name] | undefined }): void {
    this.rules.update((rules) => ({ ...rules, ...change }));
  }

  protected toggle(habit: ModeHabit): void {
    const chosen = this.rules().habits ?? [];
    this.change({ habits: chosen.includes(habit) ? chosen.filter((other) => other !== habit) : [...chosen, habit] });
  }
}
