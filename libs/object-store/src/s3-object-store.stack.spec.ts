import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { itIsAnObjectStore } from './object-store-contract.js';
import { createS3ObjectStore, type S3ObjectStoreOptions } from './s3-object-store.js';

const endpoint = process.env['S3_ENDPOINT'];
if (!endpoint) throw new Error('S3_ENDPOINT is not set. Run this by `npm test`, which starts an S3 server, or set it with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.');
const credentials = { accessKeyId: process.env['S3_ACCESS_KEY_ID']!, secretAccessKey: process.env['S3_SECRET_ACCESS_KEY']! };
const bucket = `spec-${randomUUID()}`;
const admin = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
const someKey = `sha256/aa/${'a'.repeat(64)}`;

const createStore = (options: Partial<S3ObjectStoreOptions> = {}) =>
  createS3ObjectStore({ bucket, endpoint, credentials, prefix: randomUUID(), ...options });

beforeAll(() => admin.send(new CreateBucketCommand({ Bucket: bucket })));
afterAll(() => admin.destroy());

describe('the S3 object store', () => {
  itIsAnObjectStore(() => createStore());

  it('keeps its objects below the prefix, and apart from those of another', async () => {
    const prefix = `of/${randomUUID()}`;
    const { key } = await createStore({ prefix: `/${prefix}/` }).put('kept');
    const { Contents = [] } = await admin.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    expect(Contents.map(({ Key }) => Key)).toEqual([`${prefix}/${key}`]);
    expect(Buffer.from(await createStore({ prefix }).get(key)).toString()).toBe('kept');
    expect(await createStore().has(key)).toBe(false);
  });

  it('notices what was changed behind its back, and mends it when put again', async () => {
    const prefix = randomUUID();
    const store = createStore({ prefix });
    const { key } = await store.put('true');
    await admin.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/${key}`, Body: 'false' }));
    await expect(store.get(key)).rejects.toMatchObject({ code: 'corrupted', retryable: false });
    await expect(buffer((await store.open(key)).content)).rejects.toMatchObject({ code: 'corrupted' });
    await store.put('true');
    expect(Buffer.from(await store.get(key)).toString()).toBe('true');
  });

  it.each([
    ['a bucket that is not there', { bucket: 'spec-no-such-bucket' }],
    ['keys that are wrong', { credentials: { ...credentials, secretAccessKey: 'wrong' } }],
  ])('says that it is refused with %s, and does not show the keys', async (_name, options) => {
    const error = await createStore(options).put('text').catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'ObjectStoreError', code: 'refused', retryable: false, message: expect.stringContaining('DRAMATIS_S3_BUCKET') });
    expect((error as Error).message).not.toContain(credentials.secretAccessKey);
  });

  it('says that it is unavailable when nothing listens', async () => {
    const store = createStore({ endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    for (const use of [() => store.put('text'), () => store.get(someKey), () => store.open(someKey), () => store.has(someKey), () => store.delete(someKey)]) {
      await expect(use()).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'unavailable', retryable: true });
    }
  });
});

describe('the S3 object store before a server that fails', () => {
  let server: Server;
  let requests = 0;
  let failing: (response: ServerResponse) => void;
  let url: string;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      failing(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (requests = 0));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each([500, 503])('tries a request that ends with %i again, and then calls it unavailable', async (status) => {
    failing = (response) => void response.writeHead(status).end();
    const store = createStore({ endpoint: url, maxAttempts: 2 });
    await expect(store.get(someKey)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(requests).toBe(2);
  });

  it('calls a body that breaks off unavailable, whole or streamed', async () => {
    failing = (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(10));
      setTimeout(() => response.destroy(), 20);
    };
    const store = createStore({ endpoint: url, maxAttempts: 1 });
    await expect(store.get(someKey)).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'unavailable' });
    const { content } = await store.open(someKey);
    await expect(buffer(content)).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'unavailable' });
  });
});
