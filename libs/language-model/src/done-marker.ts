/** How long the rest of a response may take after its `[DONE]`. A response read to its end leaves its connection usable. */
const drainMs = 250;

export interface DoneMarkerFetch {
  fetch: typeof fetch;
  /** Whether `data: [DONE]` came by in the body of a response of this `fetch`. */
  sawDone(response: Response): boolean;
}

/**
 * A `fetch` that notes the `[DONE]` of an event stream. The OpenAI SDK ends its stream alike whether `[DONE]` came or
 * the connection just closed, and for servers that give no `finish_reason` that is the one sign of a whole reply.
 */
export function createDoneMarkerFetch(inner: typeof fetch = globalThis.fetch): DoneMarkerFetch {
  const done = new WeakSet<Response>();
  return {
    async fetch(input, init) {
      const response = await inner(input, init);
      if (!response.body || !response.ok) return response;
      const marked: Response = new Response(watch(response.body, () => done.add(marked)), response);
      return marked;
    },
    sawDone: (response) => done.has(response),
  };
}

function watch(body: ReadableStream<Uint8Array>, onDone: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let tail = '';
  let seen = false;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      const text = tail + Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
      // In JSON a line break is escaped, so the reply's own text never begins a line.
      if (!seen && /(^|[\r\n])data: ?\[DONE\]/.test(text)) {
        seen = true;
        onDone();
      }
      tail = text.slice(-16);
      controller.enqueue(value);
    },
    async cancel(reason) {
      if (seen) void drain(reader);
      else await reader.cancel(reason);
    },
  });
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), drainMs);
  try {
    while (!(await reader.read()).done);
  } catch {
    // The reply is whole already; how its connection ends changes nothing.
  } finally {
    clearTimeout(timer);
  }
}
