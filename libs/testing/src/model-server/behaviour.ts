/** Where in a response something goes wrong. */
export type FaultPoint = 'before_headers' | 'after_headers' | 'mid_stream' | 'after_reply';

/** What can be wrong with a provider's answer. */
export type ModelFault =
  /** An HTTP error, in the vendor's own shape. `retryAfter` is the header's text: seconds or an HTTP date. */
  | { kind: 'status'; status: number; errorType?: string; message?: string; retryAfter?: string; retryAfterMs?: number }
  /** The connection is reset. */
  | { kind: 'reset'; at: FaultPoint }
  /** Nothing more comes, but for a ping every `keepAliveMs` when given. The connection stays open. */
  | { kind: 'hang'; at: FaultPoint; keepAliveMs?: number }
  /** An error event in a stream that began well. */
  | { kind: 'error_event'; errorType: string; message?: string }
  /** The connection ends in order, but without the vendor's closing event. */
  | { kind: 'no_end' }
  /** The right bytes, this many at a time. Default: one byte every 3,000 ms. */
  | { kind: 'drip'; bytes?: number; intervalMs?: number }
  /** An event whose data is not JSON. */
  | { kind: 'malformed_json' }
  /** A web page with status 200, as proxies give. */
  | { kind: 'html' }
  | { kind: 'refusal' }
  /** The reply stops at the token limit. */
  | { kind: 'truncation' }
  /** A well-formed reply without any text. */
  | { kind: 'empty' };

/** How one request is answered. With nothing set: the composed reply, in 8 pieces, at once. */
export interface ModelBehaviour {
  fault?: ModelFault;
  /** Sent in place of the reply composed from the request. */
  text?: string;
  /** Number of text events. Default: 8. */
  chunks?: number;
  /** Wait before each text event but the first. Default: 0. */
  delayMs?: number;
  /** Wait before the first text event. Default: 0. */
  firstDelayMs?: number;
  /** Whether each piece of a free-text reply begins with the time it was sent, for `readStamps`. Default: false. */
  stampChunks?: boolean;
  /** Whether token usage is reported. Default: true. */
  usage?: boolean;
  /** Stop or finish reason in place of the vendor's usual one; null leaves it out. */
  stopReason?: string | null;
  /** Whether OpenAI's `[DONE]` is sent. Default: true. */
  doneMarker?: boolean;
}

/** Which requests a rule is for; absent fields match all. */
export interface RequestMatch {
  vendor?: 'anthropic' | 'openai';
  model?: string;
  /** Text that occurs in the system prompt or a message. */
  contains?: string;
}

export interface ModelRule extends ModelBehaviour {
  when?: RequestMatch;
  /** How many requests the rule answers. Default: 1. */
  times?: number | 'always';
}

const faultKinds: readonly string[] = [
  'status',
  'reset',
  'hang',
  'error_event',
  'no_end',
  'drip',
  'malformed_json',
  'html',
  'refusal',
  'truncation',
  'empty',
] satisfies ModelFault['kind'][];

/** Checks rules that came over HTTP, so that a typing error is told and not served as a good reply. @throws TypeError */
export function parseRules(value: unknown): ModelRule[] {
  return (Array.isArray(value) ? value : [value]).map((rule: unknown) => {
    if (typeof rule !== 'object' || rule === null) throw new TypeError('a rule is an object');
    const unknownKey = Object.keys(rule).find((key) => !ruleKeys.includes(key));
    if (unknownKey) throw new TypeError(`a rule has no "${unknownKey}"; it has ${ruleKeys.join(', ')}`);
    const { fault } = rule as ModelRule;
    if (fault && !faultKinds.includes(fault.kind)) {
      throw new TypeError(`"${fault.kind}" is not a kind of fault; the kinds are ${faultKinds.join(', ')}`);
    }
    return rule;
  });
}

const ruleKeys: readonly string[] = [
  'fault',
  'text',
  'chunks',
  'delayMs',
  'firstDelayMs',
  'stampChunks',
  'usage',
  'stopReason',
  'doneMarker',
  'when',
  'times',
] satisfies (keyof ModelRule)[];
