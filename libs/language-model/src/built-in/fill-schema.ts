import type { ListNode, ReplySchemaNode, TextNode } from '@dramatis/contracts/reply-schema';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { sentencesOf } from './fit-document.js';

/** How many items a list gets that sets no bounds, while there is something to say. */
const usualItems = 3;
/** Up to here a text is a name or a title and no sentence. */
const titleCharacters = 80;

/**
 * A value of the schema from what there is to say, in order: texts are its sentences, choices are the first that it mentions, numbers the first that
 * occur in it. What it has nothing for is empty, or the least that the schema allows.
 */
export function fillSchema(schema: ReplySchemaNode, document: ReplyDocument, title: string): unknown {
  return new Filling(statementsOf(document), title).value(schema);
}

class Filling {
  private readonly said: string;

  constructor(
    private readonly left: string[],
    private readonly title: string,
  ) {
    this.said = left.join(' ');
  }

  value(node: ReplySchemaNode): unknown {
    switch (node.type) {
      case 'object':
        return Object.fromEntries(Object.entries(node.properties).map(([name, property]) => [name, this.value(property)]));
      case 'array':
        return this.list(node);
      case 'string':
        return this.text(node);
      case 'boolean':
        return true;
      default:
        return this.number(node);
    }
  }

  private list({ items, minItems = 0, maxItems = 100 }: ListNode): unknown[] {
    const wanted = Math.min(maxItems, Math.max(minItems, usualItems));
    const values: unknown[] = [];
    while (values.length < wanted && (values.length < minItems || this.left.length > 0)) values.push(this.value(items));
    return values;
  }

  private text({ enum: choices, minLength = 0, maxLength = Infinity }: TextNode): string {
    if (choices) return choices.find((choice) => this.said.toLowerCase().includes(choice.toLowerCase())) ?? choices[0]!;
    const text = maxLength <= titleCharacters ? this.title : (this.left.shift() ?? '');
    const cut = cutTo(text, maxLength);
    return cut.length >= minLength ? cut : cutTo(`${cut} ${this.title}`.trim().padEnd(minLength, '.'), maxLength);
  }

  private number({ type, minimum = -Infinity, maximum = Infinity }: { type: string; minimum?: number; maximum?: number }): number {
    const found = /(?<![[\d])\d{1,6}(?![\d\]])/.exec(this.said)?.[0];
    const number = Math.min(maximum, Math.max(minimum, Number(found ?? 0)));
    return type === 'integer' ? Math.max(Math.ceil(minimum === -Infinity ? number : minimum), Math.floor(number)) : number;
  }
}

function statementsOf(document: ReplyDocument): string[] {
  if (document.format !== 'bullet_points') return [];
  return [document.lead, ...document.items, document.closing].filter((text) => text !== null);
}

function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const [first = ''] = sentencesOf(text);
  if (first !== '' && first.length <= most) return first;
  const words = text.replace(/\s*\[\d{1,3}\]/g, '').slice(0, most);
  return (/^.*(?=\s\S*$)/.exec(words)?.[0] ?? words).trim();
}
