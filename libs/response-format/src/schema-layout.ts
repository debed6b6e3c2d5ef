import type { ListNode, ObjectNode, ReplySchema, ReplySchemaNode } from '@dramatis/contracts/reply-schema';
import { knownText, type PartialJson, PartialJsonReader } from './partial-json.js';

/** Longest text that still fits into a cell of a table. */
const cellCharacters = 80;
const maxColumns = 5;

/**
 * The values of a reply as Markdown: labelled fields, lists, tables, headings for what is nested. Of an unfinished reply it is what is known
 * without gaps, in the schema's order; more JSON only ever adds at the end. What does not fit the schema is left out.
 */
export function layOutReply(schema: ReplySchema, root: PartialJson): string {
  const layout = new Layout();
  layout.fields(schema, root, 2);
  return layout.text;
}

/** The same of whole JSON. */
export function layOutValue(schema: ReplySchema, value: unknown): string {
  const reader = new PartialJsonReader();
  reader.push(JSON.stringify(value));
  return reader.root ? layOutReply(schema, reader.root) : '';
}

class Layout {
  text = '';
  /** Whether something is not whole yet: what stands behind it waits. */
  private stopped = false;

  fields(schema: ObjectNode, json: PartialJson, level: number): void {
    if (json.kind !== 'object') return;
    for (const [name, node] of Object.entries(schema.properties)) {
      if (this.stopped) return;
      const value = json.entries.get(name);
      if (value) this.field(labelOf(name, node), node, value, level);
      else if (!json.complete) this.stopped = true;
    }
    if (!json.complete) this.stopped = true;
  }

  private field(label: string, node: ReplySchemaNode, value: PartialJson, level: number): void {
    if (node.type === 'object') {
      this.under(`${'#'.repeat(level)} ${label}`, () => this.fields(node, value, Math.min(level + 1, 6)));
    } else if (node.type === 'array') {
      this.list(label, node, value, level);
    } else {
      const text = textOf(node, value);
      if (text) this.block(`**${label}:** ${text}`);
      if (!value.complete) this.stopped = true;
    }
  }

  private list(label: string, { items }: ListNode, value: PartialJson, level: number): void {
    if (value.kind !== 'array') return;
    if (items.type !== 'object') {
      this.under(`**${label}:**`, () => this.each(value, (item, isFirst) => this.item(items, item, isFirst)));
    } else if (isTable(items)) {
      this.under(`**${label}:**`, () => {
        const columns = Object.entries(items.properties);
        const head = `${row(columns.map(([name, node]) => labelOf(name, node)))}\n${row(columns.map(() => '---'))}`;
        this.each(value, (item, isFirst) => this.row(columns, item, isFirst ? head : null));
      });
    } else {
      this.under(`${'#'.repeat(level)} ${label}`, () => this.each(value, (item) => this.entry(items, item, Math.min(level + 1, 6))));
    }
  }

  /** Its first text is the entry's heading. */
  private entry(node: ObjectNode, item: PartialJson, level: number): void {
    if (item.kind !== 'object') return;
    const [[name, first] = [], ...rest] = Object.entries(node.properties);
    const title = name === undefined ? undefined : item.entries.get(name);
    if (!first || first.type === 'object' || first.type === 'array') return this.fields(node, item, level);
    const text = title && oneLine(textOf(first, title));
    if (text) this.block(`${'#'.repeat(level)} ${text}`);
    if (!title?.complete && !(title === undefined && item.complete)) this.stopped = true;
    this.fields({ ...node, properties: Object.fromEntries(rest) }, item, Math.min(level + 1, 6));
  }

  private item(node: ReplySchemaNode, item: PartialJson, isFirst: boolean): void {
    const text = oneLine(textOf(node, item));
    if (text) this.text += `${isFirst ? '\n\n' : '\n'}- ${text}`;
    if (!item.complete) this.stopped = true;
  }

  /** A row appears when it is whole. */
  private row(columns: [string, ReplySchemaNode][], item: PartialJson, head: string | null): void {
    if (!item.complete) {
      this.stopped = true;
      return;
    }
    if (item.kind !== 'object') return;
    const cells = columns.map(([name, node]) => {
      const value = item.entries.get(name);
      return value ? oneLine(textOf(node, value)).replaceAll('|', String.raw`\|`) : '';
    });
    this.text += `${head === null ? '' : `\n\n${head}`}\n${row(cells)}`;
  }

  private each(list: Extract<PartialJson, { kind: 'array' }>, write: (item: PartialJson, isFirst: boolean) => void): void {
    let written = this.text.length;
    let isFirst = true;
    for (const item of list.items) {
      if (this.stopped) return;
      write(item, isFirst);
      if (this.text.length > written) isFirst = false;
      written = this.text.length;
    }
    if (!list.complete) this.stopped = true;
  }

  /** What stands under a heading, which appears with the first of it. */
  private under(head: string, write: () => void): void {
    const before = this.text;
    this.block(head);
    const headed = this.text;
    write();
    if (this.text === headed) this.text = before;
  }

  private block(text: string): void {
    this.text += this.text === '' ? text : `\n\n${text}`;
  }
}

/** What readers see of a property's name: its title, or the name in words. */
function labelOf(name: string, { title }: ReplySchemaNode): string {
  const words = title ?? name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ').trim().toLowerCase();
  return oneLine(words.charAt(0).toUpperCase() + words.slice(1)).replace(/[*#|`[\]<>]/g, '');
}

function textOf(node: ReplySchemaNode, value: PartialJson): string {
  if (value.kind === 'string') return node.type === 'string' ? knownText(value).replace(/\r\n?/g, '\n').trim() : '';
  if (value.kind !== 'scalar' || !value.complete || node.type === 'string') return '';
  if (typeof value.value === 'boolean') return value.value ? 'yes' : 'no';
  return value.value === null ? '' : String(value.value);
}

function isTable({ properties }: ObjectNode): boolean {
  const nodes = Object.values(properties);
  return nodes.length > 1 && nodes.length <= maxColumns && nodes.every(isShort);
}

function isShort(node: ReplySchemaNode): boolean {
  if (node.type === 'string') return node.enum !== undefined || (node.maxLength ?? Infinity) <= cellCharacters;
  return node.type !== 'object' && node.type !== 'array';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
