import { LanguageModelError, type LanguageModelEvent, type LanguageModelRequest } from './port.js';
import { providerError } from './provider-error.js';

/** How long a connection may take to finish after the reply's end. Finished connections are used again. */
const drainMs = 250;

export interface ProviderStream {
  provider: string;
  request: LanguageModelRequest;
  /** Opens the provider's HTTP stream and reads it. Must end, or throw, soon after the signal is aborted. */
  read(signal: AbortSignal): AsyncIterable<LanguageModelEvent>;
  /** Maps what `read` throws, unless it is a LanguageModelError already. */
  toError(error: unknown): LanguageModelError;
}

/**
 * What holds for every provider, whatever its wire format: time-outs, cancellation, and that a reply is whole. A whole
 * reply has text and ends with one `end` event.
 *
 * @throws LanguageModelError, or the reason of the request's signal. Either way the HTTP stream is closed.
 */
export async function* providerStream(stream: ProviderStream): AsyncGenerator<LanguageModelEvent> {
  const { provider, request } = stream;
  const { signal, timeouts } = request;
  signal.throwIfAborted();

  const controller = new AbortController();
  const cancel = () => controller.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  const limit = (name: string, ms: number) =>
    setTimeout(() => controller.abort(timedOut(provider, name, ms)), ms);
  const total = limit('for the whole reply', timeouts.totalMs);
  let waiting = limit('for the first text', timeouts.firstTokenMs);
  let hasText = false;
  let ended = false;

  try {
    for await (const event of stream.read(controller.signal)) {
      if (ended) continue;
      controller.signal.throwIfAborted();
      if (event.type === 'end') {
        if (!hasText) throw providerError(provider, 'malformed_response', { detail: 'a reply without text' });
        ended = true;
        clearTimeout(waiting);
        clearTimeout(total);
        waiting = setTimeout(() => controller.abort(), drainMs);
        yield event;
      } else if (event.text !== '') {
        clearTimeout(waiting);
        hasText ||= event.text.trim() !== '';
        yield event;
        // Armed only now: the time that the consumer took over the last piece is not the provider's.
        waiting = limit('for more text', timeouts.idleMs);
      }
    }
    if (ended) return;
    controller.signal.throwIfAborted();
    throw providerError(provider, 'interrupted', { detail: 'the stream ended without its closing event' });
  } catch (error) {
    if (ended) return;
    // The vendors' own abort errors say nothing of the reason, so the reason is thrown in their place.
    if (controller.signal.aborted) throw controller.signal.reason;
    throw error instanceof LanguageModelError ? error : stream.toError(error);
  } finally {
    clearTimeout(waiting);
    clearTimeout(total);
    signal.removeEventListener('abort', cancel);
    controller.abort();
  }
}

function timedOut(provider: string, what: string, ms: number): LanguageModelError {
  return new LanguageModelError(
    'timed_out',
    `The language model provider "${provider}" took longer than ${ms / 1_000} s ${what}.`,
  );
}
