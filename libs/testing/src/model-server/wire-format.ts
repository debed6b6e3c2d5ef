/** A request in whichever vendor's format, read into one shape. */
export interface ModelRequest {
  model: string;
  system: string;
  messages: { role: string; content: string }[];
  /** JSON schema that the reply was asked to follow. */
  schema: Record<string, unknown> | null;
  maxTokens: number | null;
  stream: boolean;
}

export interface ReplyEnd {
  /** Null leaves it out. */
  stopReason: string | null;
  usage: { inputTokens: number; outputTokens: number } | null;
  doneMarker: boolean;
}

/** How a vendor writes requests, streams and errors. Strings are whole server-sent events. */
export interface WireFormat {
  readonly vendor: 'anthropic' | 'openai';
  readonly path: string;
  /** @throws TypeError when the body is not a request of this format. */
  parse(body: unknown): ModelRequest;
  /** Body of an HTTP error. */
  error(status: number, type: string | undefined, message: string): unknown;
  /** Null leaves the usage out. */
  opening(request: ModelRequest, inputTokens: number | null): string;
  piece(request: ModelRequest, text: string): string;
  keepAlive(): string;
  errorEvent(type: string, message: string): string;
  malformedEvent(): string;
  /** The model declines: what stands in place of text, and the stop reason. */
  refusal(request: ModelRequest): { events: string; stopReason: string };
  readonly stopReasons: { complete: string; truncated: string };
  closing(request: ModelRequest, end: ReplyEnd): string;
}

/** Text of a message's content, whether a string or a list of blocks. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((block: { text?: unknown }) => (typeof block?.text === 'string' ? block.text : '')).join('\n');
}

/** @throws TypeError */
export function requireRequest(body: unknown): Record<string, unknown> & { messages: { role: string; content: unknown }[] } {
  const request = body as { model?: unknown; messages?: unknown } | null;
  if (typeof request !== 'object' || request === null) throw new TypeError('the body must be a JSON object');
  if (typeof request.model !== 'string') throw new TypeError('model: field required');
  if (!Array.isArray(request.messages) || request.messages.length === 0) throw new TypeError('messages: at least one message is required');
  return request as ReturnType<typeof requireRequest>;
}
