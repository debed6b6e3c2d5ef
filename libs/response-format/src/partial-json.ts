/** A JSON value that may still be growing. */
export type PartialJson =
  | { kind: 'string'; value: string; complete: boolean }
  | { kind: 'scalar'; value: number | boolean | null; complete: boolean }
  | { kind: 'array'; items: PartialJson[]; complete: boolean }
  | { kind: 'object'; entries: Map<string, PartialJson>; complete: boolean };

type Container = Extract<PartialJson, { kind: 'array' | 'object' }>;
type State = 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'afterValue' | 'string' | 'escape' | 'unicode' | 'scalar' | 'end';

/** Deeper than any schema of a reply; what walks through the values later walks down level by level. */
const maxDepth = 64;

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/' };

/**
 * Reads JSON in pieces of any size. What has arrived can be looked at after each piece, in `root`.
 * Broken JSON sets `failure` and stops the reading.
 */
export class PartialJsonReader {
  root: PartialJson | null = null;
  /** What was wrong, with the character's offset. */
  failure: string | null = null;
  private state: State = 'value';
  private readonly open: Container[] = [];
  private key: string | null = null;
  private text = '';
  private readsKey = false;
  private current: PartialJson | null = null;
  private unicode = '';
  private offset = 0;

  get complete(): boolean {
    return this.state === 'end';
  }

  push(chunk: string): void {
    for (let index = 0; index < chunk.length && this.failure === null; index++, this.offset++) this.read(chunk[index]!);
  }

  private read(character: string): void {
    switch (this.state) {
      case 'string':
        if (character === '"') this.endString();
        else if (character === '\\') this.state = 'escape';
        else this.append(character);
        return;
      case 'escape':
        if (character === 'u') {
          this.unicode = '';
          this.state = 'unicode';
          return;
        }
        if (escapes[character] === undefined) return this.fail(character);
        this.state = 'string';
        this.append(escapes[character]);
        return;
      case 'unicode':
        if (!/[0-9a-fA-F]/.test(character)) return this.fail(character);
        this.unicode += character;
        if (this.unicode.length < 4) return;
        this.state = 'string';
        this.append(String.fromCharCode(Number.parseInt(this.unicode, 16)));
        return;
      case 'scalar':
        if (/[-+.\w]/.test(character)) {
          this.text += character;
          return;
        }
        this.endScalar();
        if (this.failure === null) this.read(character);
        return;
      default:
        if (!/\s/.test(character)) this.readMark(character);
    }
  }

  private readMark(character: string): void {
    const container = this.open.at(-1);
    switch (this.state) {
      case 'value':
        return this.startValue(character);
      case 'firstItem':
        return character === ']' ? this.close() : this.startValue(character);
      case 'firstKey':
      case 'key':
        if (character === '}' && this.state === 'firstKey') return this.close();
        if (character !== '"') return this.fail(character);
        this.readsKey = true;
        this.text = '';
        this.state = 'string';
        return;
      case 'colon':
        if (character !== ':') return this.fail(character);
        this.state = 'value';
        return;
      case 'afterValue':
        if (character === ',') this.state = container?.kind === 'object' ? 'key' : 'value';
        else if (character === (container?.kind === 'object' ? '}' : ']')) this.close();
        else this.fail(character);
        return;
      default:
        this.fail(character);
    }
  }

  private startValue(character: string): void {
    if (character === '"') {
      this.current = { kind: 'string', value: '', complete: false };
      this.readsKey = false;
      this.state = 'string';
    } else if (/[{[]/.test(character) && this.open.length >= maxDepth) {
      this.failure = `values nested more than ${maxDepth} deep at character ${this.offset}`;
      return;
    } else if (character === '{') {
      this.current = { kind: 'object', entries: new Map(), complete: false };
      this.state = 'firstKey';
    } else if (character === '[') {
      this.current = { kind: 'array', items: [], complete: false };
      this.state = 'firstItem';
    } else if (/[-\dtfn]/.test(character)) {
      this.current = { kind: 'scalar', value: null, complete: false };
      this.text = character;
      this.state = 'scalar';
    } else {
      return this.fail(character);
    }
    this.attach(this.current);
    if (this.current.kind === 'object' || this.current.kind === 'array') this.open.push(this.current);
  }

  private attach(value: PartialJson): void {
    const container = this.open.at(-1);
    if (!container) this.root = value;
    else if (container.kind === 'array') container.items.push(value);
    else container.entries.set(this.key!, value);
  }

  private append(character: string): void {
    if (this.readsKey) this.text += character;
    else if (this.current?.kind === 'string') this.current.value += character;
  }

  private endString(): void {
    if (this.readsKey) {
      this.key = this.text;
      this.readsKey = false;
      this.state = 'colon';
      return;
    }
    this.endValue();
  }

  private endScalar(): void {
    try {
      const value: unknown = JSON.parse(this.text);
      if (this.current?.kind === 'scalar') this.current.value = value as number | boolean | null;
      this.endValue();
    } catch {
      this.fail(this.text);
    }
  }

  private endValue(): void {
    if (this.current) this.current.complete = true;
    this.current = null;
    this.state = this.open.length > 0 ? 'afterValue' : 'end';
  }

  private close(): void {
    this.current = this.open.pop()!;
    this.endValue();
  }

  private fail(found: string): void {
    this.failure = `unexpected ${JSON.stringify(found)} at character ${this.offset}`;
  }
}

/** The plain value of what has arrived. */
export function valueOf(json: PartialJson): unknown {
  switch (json.kind) {
    case 'array':
      return json.items.map(valueOf);
    case 'object':
      return Object.fromEntries([...json.entries].map(([key, value]) => [key, valueOf(value)]));
    default:
      return json.value;
  }
}

/** Text without what may still change: white space at the end, and half of a surrogate pair. */
export function knownText(text: { value: string; complete: boolean }): string {
  return text.complete ? text.value : text.value.replace(/[\uD800-\uDBFF]$/, '').trimEnd();
}
