import type { ModelBehaviour, ModelRule, RequestMatch } from './behaviour.js';
import type { ModelRequest } from './wire-format.js';

export interface RuleBook {
  add(rules: readonly ModelRule[]): void;
  clear(): void;
  /** The behaviour for a request; uses up one of its rule's times. */
  take(vendor: 'anthropic' | 'openai', request: ModelRequest): ModelBehaviour;
  /** Rules that have not been used up, those that answer always left out. */
  readonly pending: number;
}

/** Counted rules come first, in the order they were added; then the newest `always` rule; then the default. */
export function createRuleBook(fallback: ModelBehaviour): RuleBook {
  let counted: { rule: ModelRule; left: number }[] = [];
  let always: ModelRule[] = [];
  return {
    add(rules) {
      for (const rule of rules) {
        if (rule.times === 'always') always.unshift(rule);
        else counted.push({ rule, left: rule.times ?? 1 });
      }
    },
    clear() {
      counted = [];
      always = [];
    },
    take(vendor, request) {
      const entry = counted.find(({ rule }) => matches(rule.when, vendor, request));
      if (entry) {
        entry.left -= 1;
        if (entry.left <= 0) counted = counted.filter((other) => other !== entry);
        return entry.rule;
      }
      return always.find(({ when }) => matches(when, vendor, request)) ?? fallback;
    },
    get pending() {
      return counted.length;
    },
  };
}

function matches(when: RequestMatch | undefined, vendor: string, request: ModelRequest): boolean {
  if (when?.vendor && when.vendor !== vendor) return false;
  if (when?.model && when.model !== request.model) return false;
  if (!when?.contains) return true;
  const { contains } = when;
  return request.system.includes(contains) || request.messages.some(({ content }) => content.includes(contains));
}
