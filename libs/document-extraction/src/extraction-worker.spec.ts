import { getEventListeners } from 'node:events';
import { createDocumentExtractor, type DocumentExtractor, type DocumentExtractorOptions } from './document-extractor.js';

const text = (words: string) => ({ bytes: new TextEncoder().encode(words) });
/** Takes several times as long as any time limit here, and much memory; give it `ample` so that the time is what ends it. */
const slow = () => text(`<html><body>x${'<br>'.repeat(2_000_000)}</body></html>`);
const ample = { maxHeapMb: 4_096 };

describe('The threads of a DocumentExtractor', () => {
  let extractor: DocumentExtractor;
  const create = (options: DocumentExtractorOptions = {}) => (extractor = createDocumentExtractor(options));
  afterEach(() => extractor.close());

  it('gives up a file that takes too long, and reads the next', async () => {
    create({ limits: { ...ample, timeoutMs: 3_000 } });
    await extractor.extract(text('The thread is loaded.'));
    const late = extractor.extract(slow());
    const next = extractor.extract(text('Next.'));
    await expect(late).rejects.toMatchObject({ code: 'timed_out', outcome: 'failed', retryable: false });
    await expect(next).resolves.toMatchObject({ markdown: 'Next.' });
  });

  it('survives a file that takes too much memory', async () => {
    create({ limits: { maxHeapMb: 32 } });
    const large = extractor.extract(text(`<html><body>${'<p>word</p>'.repeat(200_000)}</body></html>`));
    const next = extractor.extract(text('Next.'));
    await expect(large).rejects.toMatchObject({ code: 'out_of_memory', outcome: 'failed' });
    await expect(next).resolves.toMatchObject({ markdown: 'Next.' });
  });

  it('ends the thread of a file that is aborted, with the reason of the signal', async () => {
    create({ limits: ample });
    await extractor.extract(text('The thread is loaded.'));
    const controller = new AbortController();
    const reason = new Error('cancelled by the curator');
    const running = extractor.extract(slow(), { signal: controller.signal });
    const waiting = extractor.extract(text('Never read.'), { signal: controller.signal });
    const next = extractor.extract(text('Next.'));
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(next).resolves.toMatchObject({ markdown: 'Next.' });
    await expect(extractor.extract(text('Late.'), { signal: controller.signal })).rejects.toBe(reason);
  });

  it('reads in several threads, keeps to the order of the callers, and leaves no listener on their signal', async () => {
    create({ threads: 2 });
    const { signal } = new AbortController();
    const words = Array.from({ length: 40 }, (_, index) => `File ${index}.`);
    const files = await Promise.all(words.map((word) => extractor.extract(text(word), { signal })));
    expect(files.map(({ markdown }) => markdown)).toEqual(words);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('refuses more files than may wait', async () => {
    create({ maxWaiting: 1 });
    const files = [extractor.extract(text('First.')), extractor.extract(text('Second.'))];
    await expect(extractor.extract(text('Third.'))).rejects.toMatchObject({ code: 'overloaded', retryable: true });
    await expect(Promise.all(files)).resolves.toHaveLength(2);
  });

  it('takes the bytes over, and copies those that share their memory with others', async () => {
    create();
    const whole = new TextEncoder().encode('Handed over.').slice();
    const shared = Buffer.from('xx A part of a larger buffer. xx');
    await extractor.extract({ bytes: whole });
    expect(whole.byteLength).toBe(0);
    await expect(extractor.extract({ bytes: shared.subarray(3, -3) })).resolves.toMatchObject({ markdown: 'A part of a larger buffer.' });
    expect(shared.toString()).toBe('xx A part of a larger buffer. xx');
  });

  it('refuses what is over a limit before it reads it', async () => {
    create({ limits: { maxBytes: 10, maxCharacters: 5 } });
    await expect(extractor.extract(text('More than ten.'))).rejects.toMatchObject({ code: 'too_large', message: expect.stringContaining('14 bytes') });
    await expect(extractor.extract(text('Eight ch'))).rejects.toMatchObject({ code: 'too_large' });
  });

  it('fails what is read or waits when it is closed', async () => {
    create({ limits: ample });
    const files = [extractor.extract(slow()), extractor.extract(text('Waits.'))];
    const outcomes = Promise.allSettled(files);
    await extractor.close();
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    await expect(extractor.extract(text('Late.'))).rejects.toMatchObject({ code: 'closed' });
  });
});
