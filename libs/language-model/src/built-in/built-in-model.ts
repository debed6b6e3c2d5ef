import { estimateTokens } from '@dramatis/text/tokens';
import { type Grounding, type LanguageModel, LanguageModelError, type LanguageModelEvent, type LanguageModelRequest } from '../port.js';
import { grammarOf, isCustomFormat } from '@dramatis/contracts/format-choice';
import { ruleViolations } from '@dramatis/response-format/custom-rules';
import { wordCount } from '@dramatis/response-format/text-measures';
import { composeReply } from './compose-reply.js';
import { createPassageReader, type PassageReader } from './passage-cache.js';
import { builtInProviderId } from './provider-id.js';

const wordsPerPiece = 4;
/** Pieces between two turns of the event loop, in which an abort can arrive. */
const piecesPerTurn = 16;

/**
 * The model that answers when no other is configured. It writes nothing of its own: it chooses sentences of the given
 * passages that answer the question, and frames them in the persona's voice, in the asked mode and format. Deterministic.
 * Needs neither network nor keys, and takes a few milliseconds.
 */
export function createBuiltInModel(): LanguageModel {
  const read = createPassageReader();
  return {
    id: builtInProviderId,
    model: 'extractive-1',
    builtIn: true,
    structuredOutput: false,
    contextWindowTokens: 32_768,
    maxOutputTokens: 4_096,
    async *stream(request: LanguageModelRequest): AsyncGenerator<LanguageModelEvent> {
      request.signal.throwIfAborted();
      const text = replyWithin(request, read);
      let pieces = 0;
      for (const piece of piecesOf(text)) {
        if (pieces++ % piecesPerTurn === 0) await nextTurn();
        request.signal.throwIfAborted();
        yield { type: 'text', text: piece };
      }
      const prompt = [request.system, ...request.messages.map((message) => message.content)].join('\n');
      yield { type: 'end', usage: { inputTokens: estimateTokens(prompt), outputTokens: estimateTokens(text), estimated: true } };
    },
  };
}

/** The fullest reply that keeps to the output limit, and to the bounds of a custom mode or format where it can. */
function replyWithin(request: LanguageModelRequest, read: PassageReader): string {
  const { grounding } = request;
  if (!grounding) throw new LanguageModelError('invalid_request', 'The built-in model answers as a persona, and does nothing else.');
  let best: { text: string; broken: number } | null = null;
  for (const scale of [1, 0.6, 0.3]) {
    const text = composeReply(grounding, read, { scale });
    if (estimateTokens(text) > request.maxOutputTokens) continue;
    const broken = brokenBounds(grounding, text);
    if (broken === 0) return text;
    if (!best || broken < best.broken) best = { text, broken };
  }
  if (best) return best.text;
  throw new LanguageModelError('output_truncated', `No reply fits into ${request.maxOutputTokens} tokens of output.`);
}

/** How many rules of a custom mode or format the text breaks that a shorter or longer one might keep. */
function brokenBounds({ mode, format, persona }: Grounding, text: string): number {
  const { minWords = 0, maxWords = Infinity } = typeof mode === 'string' ? {} : mode.rules;
  const own = isCustomFormat(format) && format.shape.kind === 'grammar' ? ruleViolations(grammarOf(format), format.shape.rules, text, persona.name) : [];
  const words = minWords > 0 || maxWords < Infinity ? wordCount(text) : null;
  return own.length + (words !== null && (words < minWords || words > maxWords) ? 1 : 0);
}

/** A few words at a time, white space kept: the pieces together are the text. */
function piecesOf(text: string): string[] {
  return text.match(new RegExp(`(?:\\S+\\s*){1,${wordsPerPiece}}`, 'g')) ?? [];
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
