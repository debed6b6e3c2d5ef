import type { ResponseFormat } from '@dramatis/contracts/format';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { type PartialJson, PartialJsonReader, valueOf } from './partial-json.js';
import { renderReply } from './render-reply.js';
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
}

/**
 * Turns a streamed structured reply into canonical text while it arrives. A stream that does not begin with `{`, after
 * white space or the opening of a code fence, is plain text and passes through unchanged.
 */
export function createStructuredDecoder(format: ResponseFormat, personaName: string): StructuredDecoder {
  return format === 'free' ? passThrough : new JsonReplyDecoder(format, personaName);
}

const passThrough: StructuredDecoder = { push: (chunk) => chunk, end: () => '' };

class JsonReplyDecoder implements StructuredDecoder {
  private kind: 'unknown' | 'json' | 'text' = 'unknown';
  private held = '';
  private tail = '';
  private emitted = 0;
  private readonly reader = new PartialJsonReader();

  constructor(
    private readonly format: StructuredFormat,
    private readonly personaName: string,
  ) {}

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
    const checked = structuredReplies[this.format].safeParse(valueOf(this.reader.root!));
    if (!checked.success) {
      const issue = checked.error.issues[0]!;
      throw new MalformedReplyError(`The reply's JSON breaks its schema at ${issue.path.join('.') || 'its root'}: ${issue.message}.`);
    }
    return this.newText();
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
    const text = renderReply(this.knownDocument(this.reader.root), this.personaName);
    const fresh = text.slice(this.emitted);
    this.emitted = text.length;
    return fresh;
  }

  /** The document as far as it is known without gaps: what follows an unfinished or missing part waits for it. */
  private knownDocument(root: PartialJson): ReplyDocument {
    const reply = known(root, shapes[this.format], { stopped: false });
    return documentOfStructuredReply(this.format, reply as StructuredReply, this.personaName);
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

/** Text without what may still change: white space at the end, and half of a surrogate pair. */
function knownText(text: { value: string; complete: boolean }): string {
  return text.complete ? text.value : text.value.replace(/[\uD800-\uDBFF]$/, '').trimEnd();
}
