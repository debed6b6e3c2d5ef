import { Component, computed, input } from '@angular/core';

/** A stretch of a message: what its writer said, or quoted. */
export interface MessagePart {
  quoted: boolean;
  text: string;
}

/** Lines that begin with `>` are quotations, as one writes them in mail. */
export function messageParts(message: string): MessagePart[] {
  const parts: MessagePart[] = [];
  for (const line of message.split('\n')) {
    const quoted = /^>\s?/.test(line);
    const text = quoted ? line.replace(/^>\s?/, '') : line;
    const last = parts.at(-1);
    if (last?.quoted === quoted) last.text += `\n${text}`;
    else parts.push({ quoted, text });
  }
  return parts.map(({ quoted, text }) => ({ quoted, text: text.trim() })).filter(({ text }) => text !== '');
}

/** A message as it was written; what it quotes is set apart. */
@Component({
  selector: 'dr-message-text',
  template: `
    @for (part of parts(); track $index) {
      @if (part.quoted) {
        <blockquote>{{ part.text }}</blockquote>
      } @else {
        <p class="message">{{ part.text }}</p>
      }
    }
  `,
  styles: `
    .message {
      font-family: var(--sans);
      font-size: 1.0625rem;
      font-weight: 600;
      line-height: 1.45;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    blockquote {
      max-width: var(--measure);
      padding-left: 0.8em;
      border-left: 2px solid var(--persona-ring, var(--rule-strong));
      color: var(--ink-soft);
      font-family: var(--serif);
      font-style: italic;
      line-height: 1.4;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    /* Each paragraph runs as its own letters do. */
    .message,
    blockquote {
      text-align: start;
      unicode-bidi: plaintext;
    }

    * + * {
      margin-top: 0.4rem;
    }
  `,
})
export class MessageText {
  readonly text = input.required<string>();
  protected readonly parts = computed(() => messageParts(this.text()));
}
