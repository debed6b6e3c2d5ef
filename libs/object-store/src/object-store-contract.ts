import { createHash } from 'node:crypto';
import type { ObjectStore } from './port.js';

/** What every adapter of the port does. Call it inside a `describe`. */
export function itIsAnObjectStore(create: () => ObjectStore): void {
  it('gives back what was put, byte for byte', async () => {
    const store = create();
    const content = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const stored = await store.put(content);
    expect(stored).toMatchObject({ bytes: 70_000, sha256: createHash('sha256').update(content).digest('hex') });
    expect(Buffer.from(await store.get(stored.key)).equals(Buffer.from(content))).toBe(true);
  });

  it('takes text as UTF-8, and nothing at all', async () => {
    const store = create();
    const { key } = await store.put('Ça va · 好');
    expect(new TextDecoder().decode(await store.get(key))).toBe('Ça va · 好');
    expect((await store.get((await store.put('')).key)).byteLength).toBe(0);
  });

  it('gives the same content the same key, also when put at once', async () => {
    const store = create();
    const keys = await Promise.all(Array.from({ length: 8 }, () => store.put('the same')));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
  });

  it('tells what is there, and forgets what is deleted', async () => {
    const store = create();
    const { key } = await store.put('for now');
    expect(await store.has(key)).toBe(true);
    await store.delete(key);
    await store.delete(key);
    expect(await store.has(key)).toBe(false);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['../secret', '/etc/passwd', 'sha256/ab/../../x', `sha256/00/${'0'.repeat(64)}\0`, ''])('refuses the key %j', async (key) => {
    await expect(create().get(key)).rejects.toMatchObject({ code: 'invalid_key' });
  });
}
