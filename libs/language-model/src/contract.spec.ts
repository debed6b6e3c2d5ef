import type { ModelFault } from '@dramatis/testing/model-server/behaviour';
import { type ModelServer, startModelServer } from '@dramatis/testing/model-server/model-server';
import { createAnthropicModel } from './anthropic-model.js';
import { createBuiltInModel } from './built-in/built-in-model.js';
import { createOpenAiCompatibleModel } from './openai-compatible-model.js';
import type { LanguageModel, LanguageModelEvent, LanguageModelRequest } from './port.js';
import { LanguageModelError } from './port.js';
import { aRequest } from './request.fixture.js';

/** What every adapter owes the port, whichever vendor's wire format it speaks. */
const vendors = [
  {
    vendor: 'anthropic' as const,
    create: (url: string) => createAnthropicModel({ id: 'provider', apiKey: 'sk-test-0123456789', baseUrl: url, model: 'm-1' }),
    overloaded: 'overloaded_error',
    rateLimited: 'rate_limit_error',
    internal: 'api_error',
  },
  {
    vendor: 'openai' as const,
    create: (url: string) =>
      createOpenAiCompatibleModel({ id: 'provider', apiKey: 'sk-test-0123456789', baseUrl: `${url}/v1`, model: 'm-1', structuredOutput: true }),
    overloaded: 'engine_overloaded',
    rateLimited: 'rate_limit_exceeded',
    internal: 'server_error',
  },
];

const schema = {
  name: 'bullet_points_reply',
  jsonSchema: {
    type: 'object',
    properties: { lead: { type: 'string' }, items: { type: 'array', items: { type: 'string' } }, closing: { type: 'string' } },
    required: ['lead', 'items', 'closing'],
    additionalProperties: false,
  },
};

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());
afterEach(() => server.reset());

async function collect(stream: AsyncIterable<LanguageModelEvent>): Promise<LanguageModelEvent[]> {
  const events: LanguageModelEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const textOf = (events: LanguageModelEvent[]) => events.map((event) => (event.type === 'text' ? event.text : '')).join('');

async function failure(stream: AsyncIterable<LanguageModelEvent>): Promise<{ error: LanguageModelError; text: string }> {
  let text = '';
  try {
    for await (const event of stream) if (event.type === 'text') text += event.text;
  } catch (error) {
    if (error instanceof LanguageModelError) return { error, text };
    throw error;
  }
  throw new Error('the stream ended well');
}

describe.each([
  ...vendors.map(({ vendor, create }) => ({ name: vendor, create: () => create(server.url) })),
  { name: 'built-in', create: createBuiltInModel },
])('every model: $name', ({ create }) => {
  it('streams text in pieces, then one end, the same for the same request', async () => {
    const events = await collect(create().stream(aRequest()));
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === 'text').length).toBeGreaterThan(1);
    expect(types.indexOf('end')).toBe(events.length - 1);
    expect(events.every((event) => event.type === 'end' || event.text !== '')).toBe(true);
    expect(textOf(events)).toMatch(/\[[12]\]/);
    expect(textOf(await collect(create().stream(aRequest())))).toBe(textOf(events));
  });

  it('throws the reason of a signal aborted before', async () => {
    const reason = new Error('the user stopped it');
    await expect(collect(create().stream(aRequest({ signal: AbortSignal.abort(reason) })))).rejects.toBe(reason);
  });

  it('throws the reason of a signal aborted between pieces', async () => {
    const reason = new Error('the user stopped it');
    const controller = new AbortController();
    const reading = async () => {
      for await (const event of create().stream(aRequest({ signal: controller.signal }))) if (event) controller.abort(reason);
    };
    await expect(reading()).rejects.toBe(reason);
  });

  it('serves many requests at once', async () => {
    const model = create();
    const replies = await Promise.all(Array.from({ length: 20 }, () => collect(model.stream(aRequest()))));
    expect(new Set(replies.map(textOf)).size).toBe(1);
  });
});

describe.each(vendors)('$vendor model', ({ vendor, create, overloaded, rateLimited, internal }) => {
  let model: LanguageModel;
  beforeEach(() => {
    model = create(server.url);
  });

  it('tells the question and the passages to the provider, and the usage at the end', async () => {
    const events = await collect(model.stream(aRequest()));
    expect(textOf(events)).toContain('You asked: “What can the engine weave?”');
    expect(textOf(events)).toContain('[2]');
    const { usage } = events.at(-1) as Extract<LanguageModelEvent, { type: 'end' }>;
    expect(usage).toEqual({ inputTokens: expect.any(Number), outputTokens: Math.ceil(textOf(events).length / 4), estimated: false });
    expect(usage!.inputTokens).toBeGreaterThan(50);
  });

  it('sends system text, messages, the model and the token limit', async () => {
    const messages: LanguageModelRequest['messages'] = [
      { role: 'user', content: 'First?' },
      { role: 'assistant', content: 'Yes.' },
      { role: 'user', content: 'Second?' },
    ];
    await collect(model.stream(aRequest({ system: 'Be brief.', messages, maxOutputTokens: 77 })));
    expect(server.requests[0]!.request).toEqual({
      model: 'm-1',
      system: 'Be brief.',
      messages,
      schema: null,
      maxTokens: 77,
      stream: true,
    });
  });

  it('asks for the schema and streams JSON of it', async () => {
    const events = await collect(model.stream(aRequest({ schema })));
    expect(server.requests[0]!.request.schema).toEqual(schema.jsonSchema);
    expect(JSON.parse(textOf(events))).toMatchObject({ lead: expect.stringContaining('engine weave'), items: expect.any(Array) });
  });

  it('keeps every character, also those outside the basic plane, however the reply is cut', async () => {
    const text = 'Ächz – 数学 🧮🪡 “weave”\n\n- a\n- b';
    server.script({ text, chunks: 1_000 });
    expect(textOf(await collect(model.stream(aRequest())))).toBe(text);
  });

  it('uses a connection again', async () => {
    for (let turn = 0; turn < 4; turn++) await collect(model.stream(aRequest()));
    const before = server.connections;
    for (let turn = 0; turn < 4; turn++) await collect(model.stream(aRequest()));
    expect(server.connections - before).toBe(0);
  });

  const faults: [name: string, fault: ModelFault, code: string, retryable: boolean][] = [
    ['429', { kind: 'status', status: 429 }, 'rate_limited', true],
    ['529', { kind: 'status', status: 529 }, 'overloaded', true],
    ['503', { kind: 'status', status: 503 }, 'overloaded', true],
    ['500', { kind: 'status', status: 500 }, 'unavailable', true],
    ['502', { kind: 'status', status: 502 }, 'unavailable', true],
    ['504', { kind: 'status', status: 504 }, 'unavailable', true],
    ['400', { kind: 'status', status: 400 }, 'invalid_request', false],
    ['404', { kind: 'status', status: 404 }, 'invalid_request', false],
    ['401', { kind: 'status', status: 401 }, 'not_authorised', false],
    ['403', { kind: 'status', status: 403 }, 'not_authorised', false],
    ['413', { kind: 'status', status: 413 }, 'context_exceeded', false],
    [
      'a prompt over the context window',
      {
        kind: 'status',
        status: 400,
        message:
          vendor === 'anthropic'
            ? 'prompt is too long: 210000 tokens > 200000 maximum'
            : "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      },
      'context_exceeded',
      false,
    ],
    ['a reset before the headers', { kind: 'reset', at: 'before_headers' }, 'unavailable', true],
    ['a reset after the headers', { kind: 'reset', at: 'after_headers' }, 'interrupted', true],
    ['a reset in the middle', { kind: 'reset', at: 'mid_stream' }, 'interrupted', true],
    ['an overloaded event', { kind: 'error_event', errorType: overloaded }, 'overloaded', true],
    ['a rate limit event', { kind: 'error_event', errorType: rateLimited }, 'rate_limited', true],
    ['an internal error event', { kind: 'error_event', errorType: internal }, 'unavailable', true],
    ['an unknown error event', { kind: 'error_event', errorType: 'constructor' }, 'unavailable', true],
    ['malformed JSON', { kind: 'malformed_json' }, 'malformed_response', true],
    ['HTML with status 200', { kind: 'html' }, 'malformed_response', true],
    ['a reply without text', { kind: 'empty' }, 'malformed_response', true],
    ['a refusal', { kind: 'refusal' }, 'refused', false],
    ['a reply cut at the token limit', { kind: 'truncation' }, 'output_truncated', false],
  ];

  it.each(faults)('maps %s', async (_name, fault, code, retryable) => {
    server.script({ fault });
    const { error } = await failure(model.stream(aRequest()));
    expect({ code: error.code, retryable: error.retryable }).toEqual({ code, retryable });
    expect(server.requests).toHaveLength(1);
  });

  it('is interrupted, never complete, when the stream ends without its closing event', async () => {
    server.script({ fault: { kind: 'no_end' } });
    const { error, text } = await failure(model.stream(aRequest()));
    expect(error.code).toBe('interrupted');
    expect(text).toContain('You asked');
  });

  it.each<ModelFault>([
    { kind: 'reset', at: 'after_reply' },
    { kind: 'hang', at: 'after_reply' },
  ])('is complete once the reply has ended, whatever becomes of the connection: %j', async (fault) => {
    server.script({ fault });
    expect((await collect(model.stream(aRequest()))).at(-1)).toMatchObject({ type: 'end' });
  });

  it('is unavailable when nothing listens', async () => {
    const { origin } = new URL(await server.refusedUrl());
    expect((await failure(create(origin).stream(aRequest()))).error.code).toBe('unavailable');
  });

  it('tells the wait that the provider asks for', async () => {
    server.script(
      { fault: { kind: 'status', status: 429, retryAfter: '7' } },
      { fault: { kind: 'status', status: 529, retryAfterMs: 1_250 } },
      { fault: { kind: 'status', status: 503, retryAfter: new Date(Date.now() + 3_600_000).toUTCString() } },
      { fault: { kind: 'status', status: 429 } },
    );
    const waits: (number | undefined)[] = [];
    for (let turn = 0; turn < 4; turn++) waits.push((await failure(model.stream(aRequest()))).error.retryAfterMs);
    expect(waits).toEqual([7_000, 1_250, expect.any(Number), undefined]);
    expect(waits[2]).toBeGreaterThan(3_000_000);
  });

  it('says nothing in a message that a user must not read', async () => {
    const message = 'Incorrect API key provided: sk-test-0123456789. Your prompt was: You are Ada Lovelace.';
    server.script({ fault: { kind: 'status', status: 401, message } });
    const { error } = await failure(model.stream(aRequest()));
    expect(error.message).toBe('The language model provider "provider" did not accept the configured credentials or account.');
    expect(String((error.cause as Error).message)).toContain('Incorrect API key');
    expect(String((error.cause as Error).message)).not.toContain('0123456789');
  });

  describe('time-outs', () => {
    /** Long enough for a request to arrive on a busy machine; each of the faults lasts longer. */
    const limitMs = 300;
    const timedOut: [name: string, fault: ModelFault, timeouts: Partial<LanguageModelRequest['timeouts']>, which: string][] = [
      ['before the headers', { kind: 'hang', at: 'before_headers' }, { firstTokenMs: limitMs }, 'for the first text'],
      ['after the headers', { kind: 'hang', at: 'after_headers' }, { firstTokenMs: limitMs }, 'for the first text'],
      ['with pings only', { kind: 'hang', at: 'after_headers', keepAliveMs: 10 }, { firstTokenMs: limitMs }, 'for the first text'],
      ['in the middle', { kind: 'hang', at: 'mid_stream' }, { idleMs: limitMs }, 'for more text'],
      ['in the middle with pings', { kind: 'hang', at: 'mid_stream', keepAliveMs: 10 }, { idleMs: limitMs }, 'for more text'],
      ['byte by byte', { kind: 'drip', bytes: 1, intervalMs: 15 }, { firstTokenMs: limitMs }, 'for the first text'],
      ['steadily but too slowly', { kind: 'drip', bytes: 400, intervalMs: 30 }, { totalMs: limitMs }, 'for the whole reply'],
    ];

    it.each(timedOut)('ends a stream that hangs %s, and closes the connection', async (_name, fault, timeouts, which) => {
      server.script({ fault, chunks: 200 });
      const request = aRequest();
      const { error } = await failure(model.stream({ ...request, timeouts: { ...request.timeouts, ...timeouts } }));
      expect(error.code).toBe('timed_out');
      expect(error.message).toContain(`took longer than 0.3 s ${which}`);
      await server.requests[0]!.closed;
      expect(server.requests[0]!.aborted).toBe(true);
    });

    it('does not count the time that the reader takes', async () => {
      const stream = model.stream(aRequest({ timeouts: { firstTokenMs: 60_000, idleMs: 50, totalMs: 60_000 } }));
      let text = '';
      for await (const event of stream) {
        if (event.type === 'text' && text === '') await new Promise((resolve) => setTimeout(resolve, 150));
        if (event.type === 'text') text += event.text;
      }
      expect(text).toContain('What do you make of it?');
    });
  });

  describe('cancelling', () => {
    const reason = new Error('the user stopped it');

    it.each(['before_headers', 'after_headers', 'mid_stream'] as const)(
      'throws the reason and closes the connection at once when the provider hangs at %s',
      async (at) => {
        server.script({ fault: { kind: 'hang', at } });
        const controller = new AbortController();
        const reading = collect(model.stream(aRequest({ signal: controller.signal })));
        const [record] = await server.waitForRequests(1);
        controller.abort(reason);
        await expect(reading).rejects.toBe(reason);
        await record!.closed;
        expect(record!.aborted).toBe(true);
      },
    );

    it('closes the connection while the reader is busy with a piece', async () => {
      server.script({ chunks: 100, delayMs: 5 });
      const controller = new AbortController();
      const stream = model.stream(aRequest({ signal: controller.signal }))[Symbol.asyncIterator]();
      await stream.next();
      controller.abort(reason);
      await server.requests[0]!.closed;
      expect(server.requests[0]!.aborted).toBe(true);
      await expect(stream.next()).rejects.toBe(reason);
    });

    it('closes the connection when the reader leaves early', async () => {
      server.script({ chunks: 100, delayMs: 5 });
      for await (const event of model.stream(aRequest())) if (event.type === 'text') break;
      await server.requests[0]!.closed;
      expect(server.requests[0]!.aborted).toBe(true);
    });

    it('sends nothing when it was cancelled before', async () => {
      await expect(collect(model.stream(aRequest({ signal: AbortSignal.abort(reason) })))).rejects.toBe(reason);
      expect(server.requests).toHaveLength(0);
    });

    it('leaves no listener on the signal', async () => {
      const controller = new AbortController();
      const added: unknown[] = [];
      const { signal } = controller;
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      signal.addEventListener = (...args: Parameters<typeof add>) => (added.push(args[1]), add(...args));
      signal.removeEventListener = (...args: Parameters<typeof remove>) => {
        added.splice(added.indexOf(args[1]), 1);
        remove(...args);
      };
      await collect(model.stream(aRequest({ signal })));
      expect(added).toEqual([]);
    });
  });
});
