import { type EmbeddingFault, type EmbeddingServer, startEmbeddingServer } from '@dramatis/testing/embedding-server/embedding-server';
import { itIsAnEmbedder } from '../embedder-contract.js';
import type { Embedder, EmbedderErrorCode } from '../port.js';
import { cosineOfUnitVectors } from '../similarity.js';
import { createOllamaEmbedder } from './ollama-embedder.js';
import { createOpenAiEmbedder } from './openai-embedder.js';
import type { RemoteLimits } from './remote-embedder.js';

const dimensions = 64;
let slow: EmbeddingServer;
let server: EmbeddingServer;

beforeAll(async () => {
  [server, slow] = await Promise.all([startEmbeddingServer({ dimensions }), startEmbeddingServer({ dimensions, delayPerTextMs: 1 })]);
});
afterAll(() => Promise.all([server.stop(), slow.stop()]));
afterEach(() => server.reset());

const adapters = [
  {
    name: 'OpenAI-compatible',
    id: 'openai/m-1/64',
    create: ({ openaiBaseUrl: baseUrl }: EmbeddingServer, limits?: Partial<RemoteLimits>): Embedder =>
      createOpenAiEmbedder({ apiKey: 'sk-test', baseUrl, model: 'm-1', dimensions, limits }),
  },
  {
    name: 'Ollama',
    id: 'ollama/m-1/64',
    create: ({ ollamaBaseUrl: baseUrl }: EmbeddingServer, limits?: Partial<RemoteLimits>): Embedder =>
      createOllamaEmbedder({ baseUrl, model: 'm-1', dimensions, limits }),
  },
];

describe.each(adapters)('the $name embedder', ({ id, create }) => {
  itIsAnEmbedder(() => create(slow));

  it('is called by provider, model and dimensions', () => {
    expect(create(server).id).toBe(id);
  });

  it('asks in requests that each hold a few texts, in order', async () => {
    const texts = Array.from({ length: 10 }, (_, i) => `text ${i}`);
    const vectors = await create(server, { maxTexts: 4 }).embed(texts);
    expect(server.requests.map((request) => request.texts)).toEqual([texts.slice(0, 4), texts.slice(4, 8), texts.slice(8)]);
    const [last] = await create(server).embed(['text 9']);
    expect(cosineOfUnitVectors(vectors[9]!, last!)).toBeCloseTo(1, 5);
  });

  it('cuts what is too long, and never within a character', async () => {
    await create(server, { maxTextCharacters: 5 }).embed(['abcd😀']);
    expect(server.requests[0]!.texts).toEqual(['abcd']);
  });

  const faults: [string, EmbeddingFault, EmbedderErrorCode, { retryable: boolean; retryAfterMs?: number }][] = [
    ['429 with a wait', { kind: 'status', status: 429, retryAfter: '7' }, 'rate_limited', { retryable: true, retryAfterMs: 7_000 }],
    ['500', { kind: 'status', status: 500 }, 'unavailable', { retryable: true }],
    ['503 with a wait', { kind: 'status', status: 503, retryAfter: '2' }, 'unavailable', { retryable: true, retryAfterMs: 2_000 }],
    ['401', { kind: 'status', status: 401 }, 'not_authorised', { retryable: false }],
    ['404', { kind: 'status', status: 404 }, 'invalid_request', { retryable: false }],
    ['a reset before the answer', { kind: 'reset', at: 'before_headers' }, 'unavailable', { retryable: true }],
    ['a reset within the answer', { kind: 'reset', at: 'mid_body' }, 'unavailable', { retryable: true }],
    ['half a JSON', { kind: 'malformed_json' }, 'malformed_response', { retryable: true }],
    ['a web page', { kind: 'html' }, 'malformed_response', { retryable: true }],
    ['no vectors', { kind: 'no_vectors' }, 'malformed_response', { retryable: true }],
    ['a vector too few', { kind: 'wrong_count' }, 'malformed_response', { retryable: true }],
    ['something that is no number', { kind: 'not_a_number' }, 'malformed_response', { retryable: true }],
    ['a vector of length 0', { kind: 'zero_vector' }, 'malformed_response', { retryable: true }],
    ['other dimensions', { kind: 'wrong_dimensions' }, 'wrong_dimensions', { retryable: false }],
  ];

  it.each(faults)('asks once and tells of %s', async (_name, fault, code, expected) => {
    server.script(fault);
    const embedder = create(server);
    await expect(embedder.embed(['one', 'two'])).rejects.toMatchObject({ name: 'EmbedderError', code, ...expected });
    expect(server.requests).toHaveLength(1);
    expect(await embedder.embed(['one'])).toHaveLength(1);
  });

  it.each(['before_headers', 'mid_body'] as const)('gives up on a service that hangs %s', async (at) => {
    server.script({ kind: 'hang', at });
    await expect(create(server, { timeoutMs: 150 }).embed(['text'])).rejects.toMatchObject({ code: 'timed_out', retryable: true });
  });

  it('leaves a service that hangs within its answer when aborted, with the reason given', async () => {
    server.script({ kind: 'hang', at: 'mid_body' });
    const reason = new Error('enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await expect(create(server).embed(['text'], { signal: controller.signal })).rejects.toBe(reason);
  });

  it('ends what is under way when closed', async () => {
    server.script({ kind: 'hang', at: 'before_headers' });
    const embedder = create(server);
    const running = embedder.embed(['text']);
    setTimeout(() => void embedder.close(), 50);
    await expect(running).rejects.toMatchObject({ code: 'closed', retryable: false });
  });

  it('is unavailable when nothing listens', async () => {
    const gone = await startEmbeddingServer();
    await gone.stop();
    await expect(create(gone).embed(['text'])).rejects.toMatchObject({ code: 'unavailable', retryable: true, message: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('the OpenAI-compatible embedder', () => {
  it('puts vectors in the order of their texts', async () => {
    const embedder = adapters[0]!.create(server);
    const [plain] = await embedder.embed(['one']);
    server.script({ kind: 'shuffled' });
    const [first] = await embedder.embed(['one', 'two', 'three']);
    expect(cosineOfUnitVectors(plain!, first!)).toBeCloseTo(1, 5);
  });

  it('takes a spent quota for something that no wait mends', async () => {
    server.script({ kind: 'status', status: 429, code: 'insufficient_quota' });
    await expect(adapters[0]!.create(server).embed(['text'])).rejects.toMatchObject({ code: 'not_authorised', retryable: false });
  });

  it('sends a key only when it has one, and asks for dimensions only where they can be chosen', async () => {
    await adapters[0]!.create(server).embed(['text']);
    await createOpenAiEmbedder({ baseUrl: server.openaiBaseUrl, model: 'text-embedding-3-small', dimensions: 32 }).embed(['text']);
    const [plain, shortening] = server.requests;
    expect(plain!.headers.authorization).toBe('Bearer sk-test');
    expect(plain!.body).not.toHaveProperty('dimensions');
    expect(shortening!.headers).not.toHaveProperty('authorization');
    expect(shortening!.body).toMatchObject({ dimensions: 32 });
  });
});
