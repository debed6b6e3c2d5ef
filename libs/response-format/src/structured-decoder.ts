import type { FormatChoice } from '@dramatis/contracts/custom-format';
import { grammarOf, schemaOf } from '@dramatis/contracts/format-choice';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { knownText, type PartialJson, PartialJsonReader, valueOf } from './partial-json.js';
import { renderReply } from './render-reply.js';
import { layOutReply } from './schema-layout.js';
import { documentOfStructuredReply, structuredReplies, type StructuredFormat, type StructuredReply } from './structured-reply.js';

/** The model's JSON is incomplete, broken, or not what the format's schema asks for. */
export class MalformedReplyError extends Error {
  override readonly name = 'MalformedReplyError';
  readonly code = 'malformed_response';
}

export interface StructuredDecoder {
  /** Canonical text that this piece of the stream made known, to append to what came before; often empty. */
  push(chunk: string): string;
  /** The rest of the text. @throws MalformedReplyError */
  end(): string;
  /** Once it has ended: what was emitted as JSON, for a format that has a schema of its own; else undefined. */
  value(): unknown;
}

/** What a structured reply looks like as text, and what of it is not to be. */
interface Emission {
  layOut(root: PartialJson): string;
  /** @throws MalformedReplyError */
  check(value: unknown): void;
  keepsValue: boolean;
}

/**
 * Turns a streamed structured reply into canonical text while it arrives. A stream that does not begin with `{`, after
 * white space or the opening of a code fence, is plain text and passes through unchanged. What breaks a schema that a curator wrote is
 * let through: its judge tells the model.
 */
export function createStructuredDecoder(format: FormatChoice, personaName: string): StructuredDecoder {
  const schema = schemaOf(format);
  if (schema) return new JsonReplyDecoder({ layOut: (root) => layOutReply(schema, root), check: () => undefined, keepsValue: true });
  const grammar = grammarOf(format);
  return grammar === 'free' ? passThrough : new JsonReplyDecoder(emissionOf(grammar, personaName));
}

const passThrough: StructuredDecoder = { push: (chunk) => chunk, end: () => '', value: () => undefined };

function emissionOf(format: StructuredFormat, personaName: string): Emission {
  return {
    keepsValue: false,
    /** The document as far as it is known without gaps: what follows an unfinished or missing part waits for it. */
    layOut(root) {
      const reply = known(root, shapes[format], { stopped: false });
      const document: ReplyDocument = documentOfStructuredReply(format, reply as StructuredReply, personaName);
      return renderReply(document, personaName);
    },
    check(value) {
      const checked = structuredReplies[format].safeParse(value);
      if (checked.success) return;
      const issue = checked.error.issues[0]!;
      throw new MalformedReplyError(`The reply's JSON breaks its schema at ${issue.path.join('.') || 'its root'}: ${issue.message}.`);
    },
  };
}

class JsonReplyDecoder implements StructuredDecoder {
  private kind: 'unknown' | 'json' | 'text' = 'unknown';
  private held = '';
  private tail = '';
  private emitted = 0;
  private readonly reader = new PartialJsonReader();

  constructor(private readonly emission: Emission) {}

  push(chunk: string): string {
    if (this.kind === 'text') return chunk;
    if (this.kind === 'json') return this.read(chunk);
    this.held += chunk;
    const opening = /^\s*(?:```[a-z]*\s*)?(?=\{)/i.exec(this.held);
    if (opening) {
      this.kind = 'json';
      return this.read(this.held.slice(opening[0].length));
    }
    if (/^\s*(?:`{0,3}|```[a-z]{0,10}\s*)$/i.test(this.held)) return '';
    this.kind = 'text';
    return this.held;
  }

  end(): string {
    if (this.kind === 'text') return '';
    if (this.kind === 'unknown') return this.held;
    if (this.reader.failure) throw new MalformedReplyError(`The reply is not valid JSON: ${this.reader.failure}.`);
    if (!this.reader.complete) throw new MalformedReplyError('The reply ended before its JSON did.');
    if (!/^[\s`]*$/.test(this.tail)) throw new MalformedReplyError('The reply goes on after its JSON.');
    this.emission.check(valueOf(this.reader.root!));
    return this.newText();
  }

  value(): unknown {
    return this.emission.keepsValue && this.reader.complete ? valueOf(this.reader.root!) : undefined;
  }

  private read(chunk: string): string {
    if (this.reader.complete) {
      this.tail += chunk;
      return '';
    }
    for (let index = 0; index < chunk.length; index++) {
      this.reader.push(chunk[index]!);
      if (!this.reader.complete) continue;
      this.tail = chunk.slice(index + 1);
      break;
    }
    return this.newText();
  }

  private newText(): string {
    if (this.reader.root?.kind !== 'object') return '';
    const text = this.emission.layOut(this.reader.root);
    const fresh = text.slice(this.emitted);
    this.emitted = text.length;
    return fresh;
  }
}

/** Parts in the order of the canonical text. A `whole` text is of use only once it is complete. */
type Shape = 'text' | 'whole' | { list: Shape } | { parts: Record<string, Shape> };

const shapes: Record<StructuredFormat, Shape> = {
  bullet_points: { parts: { lead: 'text', items: { list: 'text' }, closing: 'text' } },
  essay: { parts: { title: 'text', sections: { list: { parts: { heading: 'text', paragraphs: { list: 'text' } } } } } },
  socratic_dialogue: { parts: { lines: { list: { parts: { speaker: 'whole', text: 'text' } } } } },
  qa: { parts: { pairs: { list: { parts: { question: 'text', answer: 'text' } } }, closing: 'text' } },
};

function known(json: PartialJson | undefined, shape: Shape, progress: { stopped: boolean }): unknown {
  const usable = progress.stopped ? undefined : json;
  if (shape === 'text' || shape === 'whole') {
    const text = usable?.kind === 'string' && (usable.complete || shape === 'text') ? knownText(usable) : '';
    if (!usable?.complete) progress.stopped = true;
    return text;
  }
  if ('parts' in shape) {
    const entries = usable?.kind === 'object' ? usable.entries : undefined;
    if (!entries) progress.stopped = true;
    return Object.fromEntries(
      Object.entries(shape.parts).map(([key, part]) => [key, known(entries?.get(key), part, progress)]),
    );
  }
  const items: unknown[] = [];
  for (const item of usable?.kind === 'array' ? usable.items : []) {
    if (progress.stopped) break;
    items.push(known(item, shape.list, progress));
  }
  if (!usable?.complete) progress.stopped = true;
  return items;
}
