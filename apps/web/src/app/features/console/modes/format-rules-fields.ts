import { Component, computed, input, model } from '@angular/core';
import type { FormatRules } from '@dramatis/contracts/custom-rules';
import { rulesOfBase } from '@dramatis/contracts/format-rule-names';
import type { ResponseFormat } from '@dramatis/contracts/format';
import { injectTranslate } from '../../../../i18n/language';
import { RuleNumber } from './rule-number';
import { RulePhrases } from './rule-phrases';

type NumberRule = 'minItems' | 'maxItems' | 'maxItemWords' | 'minParagraphs' | 'maxParagraphs' | 'minWords' | 'maxWords';
const numberRules: NumberRule[] = ['minItems', 'maxItems', 'maxItemWords', 'minParagraphs', 'maxParagraphs', 'minWords', 'maxWords'];

/** What a reply must keep to besides the grammar it is written in: only what that grammar knows. */
@Component({
  selector: 'dr-format-rules-fields',
  imports: [RuleNumber, RulePhrases],
  template: `
    @let set = rules();
    <div class="pair">
      @for (rule of numbers(); track rule) {
        <dr-rule-number [name]="'rule-' + rule" [label]="words(rule)" [most]="rule.endsWith('ords') ? 5000 : 50" [value]="set[rule]" (valueChange)="setBound(rule, $event)" />
      }
    </div>
    @if (knows('title')) {
      <label class="check"><input type="checkbox" [checked]="set.title ?? false" (change)="change({ title: $any($event.target).checked })" /> {{ t('modes.rule.title') }}</label>
    }
    @if (knows('question')) {
      <div class="field">
        <label for="rule-question">{{ t('modes.questions') }}</label>
        <select id="rule-question" [value]="set.question ?? ''" (change)="change({ question: $any($event.target).value || undefined })">
          <option value="">{{ t('modes.asItLikes') }}</option>
          <option value="ends">{{ t('modes.endsWithAQuestion') }}</option>
          <option value="none">{{ t('modes.asksNothing') }}</option>
        </select>
      </div>
    }
    @if (knows('headings')) {
      <dr-rule-phrases name="rule-headings" [label]="t('modes.rule.headings')" [hint]="t('modes.headingsHint')" [value]="set.headings" (valueChange)="change({ headings: $event })" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s4);
    }
  `,
})
export class FormatRulesFields {
  protected readonly t = injectTranslate();
  readonly base = input.required<ResponseFormat>();
  readonly rules = model.required<FormatRules>();
  protected readonly numbers = computed(() => numberRules.filter((rule) => rulesOfBase[this.base()].includes(rule)));

  protected knows(rule: keyof FormatRules): boolean {
    return rulesOfBase[this.base()].includes(rule);
  }

  protected setBound(rule: NumberRule, bound: number | undefined): void {
    this.change({ [rule]: bound });
  }

  protected words(rule: NumberRule): string {
    return this.t(`modes.rule.${rule}`);
  }

  protected change(change: { [Name in keyof FormatRules]?: FormatRules[Name] | undefined }): void {
    this.rules.update((rules) => ({ ...rules, ...change }));
  }
}
