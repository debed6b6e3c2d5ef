import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describeObject, type ObjectStore } from './port.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What every adapter of the port must do. Call inside a `describe`; `create` makes an empty one that works. */
export function itIsAnObjectStore(create: () => Promise<ObjectStore> | ObjectStore): void {
  let store: ObjectStore;
  beforeEach(async () => {
    store = await create();
  });

  it.each([
    ['text', bytesOf('Grüße, 世界')],
    ['nothing', new Uint8Array()],
    ['all bytes', Uint8Array.from({ length: 256 }, (_, i) => i)],
    ['3 MB', new Uint8Array(3_000_000).fill(7)],
  ])('gives back %s as it was put', async (_name, bytes) => {
    const stored = await store.put(bytes);
    expect(stored).toEqual(describeObject(bytes));
    expect(stored.bytes).toBe(bytes.byteLength);
    expect(Buffer.compare(await store.get(stored.key), bytes)).toBe(0);
    const opened = await store.open(stored.key);
    expect(opened.bytes).toBe(bytes.byteLength);
    expect(Buffer.compare(await buffer(opened.content), bytes)).toBe(0);
  });

  it('takes text as UTF-8', async () => {
    expect(await store.put('Ça va · 好')).toEqual(await store.put(bytesOf('Ça va · 好')));
  });

  it('keeps the same bytes once, also when put at the same time', async () => {
    const stored = await Promise.all(Array.from({ length: 10 }, () => store.put('same')));
    expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
    expect(new TextDecoder().decode(await store.get(stored[0]!.key))).toBe('same');
  });

  it('knows what it has', async () => {
    const { key } = await store.put('here');
    expect(await store.has(key)).toBe(true);
    expect(await store.has(describeObject(bytesOf('not here')).key)).toBe(false);
  });

  it('lets a reader go before the end', async () => {
    const { key } = await store.put(new Uint8Array(3_000_000).fill(7));
    const { content } = await store.open(key);
    await once(content, 'data');
    content.destroy();
    await once(content, 'close');
    expect(content.errored).toBeNull();
    expect(await store.has(key)).toBe(true);
  });

  it('deletes, and does not mind what is not there', async () => {
    const { key } = await store.put('doomed');
    await store.delete(key);
    await store.delete(key);
    expect(await store.has(key)).toBe(false);
    for (const read of [() => store.get(key), () => store.open(key)]) {
      await expect(read()).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'not_found', retryable: false });
    }
  });

  it.each(['', 'abc', '../../etc/passwd', '/etc/passwd', 'sha256/ab/../../x', `sha256/00/${'0'.repeat(64)}\0`, `sha256/00/${'a'.repeat(64)}`, 'a'.repeat(64)])(
    'refuses the key %j',
    async (key) => {
      for (const use of [store.get(key), store.open(key), store.has(key), store.delete(key)]) {
        await expect(use).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'invalid_key', retryable: false });
      }
    },
  );
}
