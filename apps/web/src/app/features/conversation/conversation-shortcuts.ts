import { DestroyRef, inject } from '@angular/core';
import type { Shortcut, Shortcuts } from '../../core/shortcuts';

interface ConversationKeys {
  page: HTMLElement;
  /** Whether they act now; where another part of the page has the focus, its keys do. */
  acts: () => boolean;
  focusComposer: () => void;
  /** Returns false when nothing is selected. */
  quote: () => boolean;
  /** Returns false when nothing runs. */
  stop: () => boolean | void;
}

/** Registers the keys of a conversation for as long as its page lives. */
export function conversationShortcuts(shortcuts: Shortcuts, { page, acts, focusComposer, quote, stop }: ConversationKeys): void {
  const exchanges = (): HTMLElement[] => [...page.querySelectorAll<HTMLElement>('dr-exchange')];
  const move = (step: 1 | -1) => (): boolean => {
    const all = exchanges();
    const at = all.findIndex((exchange) => exchange.contains(document.activeElement));
    const next = at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step;
    const target = all[Math.min(all.length - 1, Math.max(0, next))];
    if (!target) return false;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'start' });
    return true;
  };
  const press = (selector: string) => (): boolean => {
    const all = exchanges();
    const exchange = all.find((candidate) => candidate.contains(document.activeElement)) ?? all.at(-1);
    const button = exchange?.querySelector<HTMLButtonElement>(selector);
    if (!button || button.disabled || button.ariaDisabled === 'true') return false;
    button.click();
    return true;
  };
  const keys: Shortcut[] = [
    { key: '/', group: 'conversation', description: 'conversation.write', run: focusComposer },
    { key: 'Escape', group: 'conversation', description: 'conversation.stopTheReply', inFields: true, run: stop },
    { key: 'j', group: 'conversation', description: 'conversation.nextExchange', run: move(1) },
    { key: 'k', group: 'conversation', description: 'conversation.previousExchange', run: move(-1) },
    { key: 'q', group: 'conversation', description: 'conversation.quoteWhatIsSelected', run: quote },
    { key: 'c', group: 'reply', description: 'conversation.copy', run: press('[data-key="copy"]') },
    { key: 'r', group: 'reply', description: 'conversation.answerAgain', run: press('[data-key="again"]') },
    { key: 'e', group: 'reply', description: 'conversation.editTheMessageBeforeIt', run: press('[data-key="edit"]') },
    { key: '[', group: 'reply', description: 'conversation.previousReplyOrMessage', run: press('dr-branch-switcher button:first-of-type') },
    { key: ']', group: 'reply', description: 'conversation.nextReplyOrMessage', run: press('dr-branch-switcher button:last-of-type') },
    { key: 'i', group: 'reply', description: 'conversation.howThisAnswerWasMade', run: press('.made') },
  ];
  const unregister = shortcuts.register(...keys.map((key) => ({ ...key, run: () => acts() && key.run() })));
  inject(DestroyRef).onDestroy(unregister);
}
