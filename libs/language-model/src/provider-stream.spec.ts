import { LanguageModelError, type LanguageModelEvent } from './port.js';
import { providerStream } from './provider-stream.js';
import { aRequest } from './request.fixture.js';

const text = (value: string): LanguageModelEvent => ({ type: 'text', text: value });
const end: LanguageModelEvent = { type: 'end', usage: null };

async function read(events: (LanguageModelEvent | Error)[], request = aRequest()): Promise<LanguageModelEvent[]> {
  const seen: LanguageModelEvent[] = [];
  const stream = providerStream({
    provider: 'one',
    request,
    async *read() {
      for (const event of events) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
    toError: (error) => new LanguageModelError('interrupted', (error as Error).message),
  });
  for await (const event of stream) seen.push(event);
  return seen;
}

describe('providerStream', () => {
  it('passes text and the end on, without empty pieces', async () => {
    expect(await read([text(''), text('a'), text(' '), end])).toEqual([text('a'), text(' '), end]);
  });

  it('ends once: nothing that follows the end counts, not even a failure', async () => {
    expect(await read([text('a'), end, text('b'), end])).toEqual([text('a'), end]);
    expect(await read([text('a'), end, new Error('reset')])).toEqual([text('a'), end]);
  });

  it('refuses a reply of blanks', async () => {
    await expect(read([text(' \n'), end])).rejects.toMatchObject({ code: 'malformed_response' });
  });

  it('is interrupted without an end', async () => {
    await expect(read([text('a')])).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('maps what is thrown', async () => {
    await expect(read([text('a'), new Error('reset')])).rejects.toMatchObject({ code: 'interrupted', message: 'reset' });
  });
});
