import { DestroyRef, inject } from '@angular/core';
import type { Shortcuts } from '../../core/shortcuts';

interface ConversationKeys {
  page: HTMLElement;
  focusComposer: () => void;
  /** Returns false when nothing is selected. */
  quote: () => boolean;
  /** Returns false when nothing runs. */
  stop: () => boolean | void;
}

/** Registers the keys of a conversation for as long as its page lives. */
export function conversationShortcuts(shortcuts: Shortcuts, { page, focusComposer, quote, stop }: ConversationKeys): void {
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
  const unregister = shortcuts.register(
    { key: '/', group: 'In a conversation', description: 'Write', run: focusComposer },
    { key: 'Escape', group: 'In a conversation', description: 'Stop the reply', inFields: true, run: stop },
    { key: 'j', group: 'In a conversation', description: 'Next exchange', run: move(1) },
    { key: 'k', group: 'In a conversation', description: 'Previous exchange', run: move(-1) },
    { key: 'q', group: 'In a conversation', description: 'Quote what is selected', run: quote },
    { key: 'c', group: 'On a reply', description: 'Copy', run: press('[aria-label="Copy reply"]') },
    { key: 'r', group: 'On a reply', description: 'Answer again', run: press('[aria-label="Regenerate reply"]') },
    { key: 'e', group: 'On a reply', description: 'Edit the message before it', run: press('[aria-label="Edit message"]') },
    { key: '[', group: 'On a reply', description: 'Previous reply, or message', run: press('dr-branch-switcher button:first-of-type') },
    { key: ']', group: 'On a reply', description: 'Next reply, or message', run: press('dr-branch-switcher button:last-of-type') },
    { key: 'i', group: 'On a reply', description: 'How this answer was made', run: press('.made') },
  );
  inject(DestroyRef).onDestroy(unregister);
}
