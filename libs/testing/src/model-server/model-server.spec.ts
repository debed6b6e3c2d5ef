import { outputSchemaFor } from '@dramatis/response-format/structured-output';
import { createStructuredDecoder } from '@dramatis/response-format/structured-decoder';
import { formatInstructions } from '@dramatis/response-format/instructions';
import { validateFormat } from '@dramatis/response-format/format-rules';
import { responseFormats } from '@dramatis/contracts/format';
import { composeReply } from './compose-reply.js';
import { controlModelServer } from './control.js';
import { type ModelServer, startModelServer } from './model-server.js';
import { monotonicMs, readStamps } from './stamps.js';

const personaName = 'Ada Lovelace';
const prompt = `<passage-q1 number="1" from="Notes">
The engine weaves *algebraical* patterns.
</passage-q1>

<passage-q1 number="2" from="Notes">
It originates nothing.
</passage-q1>

<message-q1>
What can the [engine] weave?
</message-q1>`;

describe('composeReply', () => {
  it.each(responseFormats)('writes %s as its rules want it, repeats the question and cites the passages', (format) => {
    const system = formatInstructions(format, { structured: false, personaName });
    const text = composeReply({ model: 'm', system, messages: [{ role: 'user', content: prompt }], schema: null, maxTokens: null, stream: true });
    expect(validateFormat(format, text, { personaName })).toEqual([]);
    expect(text).toContain('What can the engine weave?');
    expect(text).toContain('“The engine weaves algebraical patterns.” [1]');
    expect(text).toContain('[2]');
  });

  it.each(responseFormats.filter((format) => format !== 'free'))('writes JSON of the schema of %s', (format) => {
    const { jsonSchema } = outputSchemaFor(format)!;
    const json = composeReply({ model: 'm', system: '', messages: [{ role: 'user', content: prompt }], schema: jsonSchema, maxTokens: null, stream: true });
    const decoder = createStructuredDecoder(format, personaName);
    const text = decoder.push(json) + decoder.end();
    expect(validateFormat(format, text, { personaName })).toEqual([]);
    expect(text).toContain('What can the engine weave?');
  });
});

describe('startModelServer', () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await startModelServer();
  });
  afterEach(() => server.stop());

  const ask = (model = 'm', init: RequestInit = {}) =>
    fetch(`${server.openaiBaseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hello?' }] }),
      ...init,
    });
  const textOf = (stream: string) =>
    [...stream.matchAll(/^data: (\{.*)$/gm)]
      .map(([, data]) => (JSON.parse(data!) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content ?? '')
      .join('');

  it('writes each piece as an event of its own, with the time it was sent when asked', async () => {
    server.script({ chunks: 5, stampChunks: true });
    const before = monotonicMs();
    const stamps = readStamps(textOf(await (await ask()).text()));
    expect(stamps).toHaveLength(5);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(stamps[0]).toBeGreaterThanOrEqual(before);
    expect(stamps[4]).toBeLessThanOrEqual(monotonicMs());
  });

  it('takes counted rules in order, then the newest standing rule, each for the requests that it matches', async () => {
    server.script({ text: 'standing', times: 'always' }, { text: 'newer', times: 'always', when: { vendor: 'openai' } });
    server.script({ text: 'once' }, { text: 'twice', times: 2 }, { text: 'other', when: { model: 'other' } });
    const texts: string[] = [];
    for (const model of ['m', 'other', 'm', 'other', 'm']) texts.push(textOf(await (await ask(model)).text()));
    expect(texts).toEqual(['once', 'twice', 'twice', 'other', 'newer']);
  });

  it('tells a client that left from a response that was sent whole', async () => {
    await (await ask()).text();
    server.script({ fault: { kind: 'hang', at: 'after_headers' } });
    const controller = new AbortController();
    await ask('m', { signal: controller.signal });
    controller.abort();
    const [whole, left] = await server.waitForRequests(2);
    await Promise.all([whole!.closed, left!.closed]);
    expect([whole!.outcome, left!.outcome]).toEqual(['finished', 'aborted']);
  });

  it('keeps only so many requests', async () => {
    await server.stop();
    server = await startModelServer({ keepRequests: 2 });
    for (const model of ['a', 'b', 'c']) await (await ask(model)).text();
    expect(server.requests.map(({ request }) => request.model)).toEqual(['b', 'c']);
  });

  it('answers a request that is none with the vendor’s error', async () => {
    const response = await ask('m', { body: '{"messages":[]}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect((await ask('m', { body: '{' })).status).toBe(400);
    expect((await fetch(`${server.url}/v1/models`)).status).toBe(404);
  });

  it('is controlled over HTTP', async () => {
    const control = controlModelServer(server.url);
    await control.script({ fault: { kind: 'status', status: 529, retryAfter: '3' } }, { text: 'then' });
    const failed = await ask();
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([529, '3']);
    await failed.text();
    expect(textOf(await (await ask()).text())).toBe('then');
    expect(await control.requests()).toMatchObject([{ vendor: 'openai', outcome: 'finished' }, { piecesSent: 4 }]);
    await expect(control.script({ fault: { kind: 'statuss' } } as never)).rejects.toThrow('is not a kind of fault');
    await expect(control.script({ delay: 5 } as never)).rejects.toThrow('a rule has no "delay"');
    await control.reset();
    expect(await control.requests()).toEqual([]);
  });
});
