import { objectKeyOf } from './object-key.js';
import type { ObjectStore } from './port.js';

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
    const key = await store.put(bytes);
    expect(key).toBe(objectKeyOf(bytes));
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it('keeps the same bytes once, also when put at the same time', async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => store.put(bytesOf('same'))));
    expect(new Set(keys).size).toBe(1);
    expect(new TextDecoder().decode(await store.get(keys[0]!))).toBe('same');
  });

  it('knows what it has', async () => {
    const key = await store.put(bytesOf('here'));
    expect(await store.has(key)).toBe(true);
    expect(await store.has(objectKeyOf(bytesOf('not here')))).toBe(false);
  });

  it('deletes, and does not mind what is not there', async () => {
    const key = await store.put(bytesOf('doomed'));
    await store.delete(key);
    await store.delete(key);
    expect(await store.has(key)).toBe(false);
    await expect(store.get(key)).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'not_found', retryable: false });
  });

  it.each(['', 'abc', '../../etc/passwd', '/etc/passwd', `${'a'.repeat(64)}/../x`, 'A'.repeat(64), 'g'.repeat(64), `${'a'.repeat(64)}\n`])(
    'refuses the key %j',
    async (key) => {
      for (const use of [store.get(key), store.has(key), store.delete(key)]) {
        await expect(use).rejects.toMatchObject({ name: 'ObjectStoreError', code: 'invalid_key', retryable: false });
      }
    },
  );
}
