import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultPoint, ModelBehaviour } from './behaviour.js';
import { composeReply } from './compose-reply.js';
import type { RecordedRequest } from './recorded-request.js';
import { monotonicMs, stamp } from './stamps.js';
import type { WireFormat } from './wire-format.js';

interface Sending {
  response: ServerResponse;
  record: RecordedRequest;
  wire: WireFormat;
  behaviour: ModelBehaviour;
  /** Aborted when the connection is gone, so that no timer outlives it. */
  gone: AbortSignal;
}

/** Answers one request as the behaviour says. Resolves when nothing more will be written. */
export async function sendReply(sending: Sending): Promise<void> {
  const { response, wire, behaviour } = sending;
  const { fault } = behaviour;
  if (fault?.kind === 'status') return sendStatus(sending, fault);
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in</title><p>Please sign in to continue.</p>');
    return;
  }
  if (await failsAt('before_headers', sending)) return;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  if (await failsAt('after_headers', sending)) return;
  if (fault?.kind === 'drip') return drip(sending, fault.bytes ?? 1, fault.intervalMs ?? 3_000);

  const { record, gone } = sending;
  const reply = replyOf(sending);
  response.write(reply.opening);
  const half = Math.ceil(reply.pieces.length / 2);
  for (const [index, piece] of reply.pieces.entries()) {
    if (index === half && (await failsMidStream(sending))) return;
    const delayMs = index === 0 ? behaviour.firstDelayMs : behaviour.delayMs;
    if (delayMs) await wait(delayMs, undefined, { signal: gone });
    response.write(wire.piece(record.request, behaviour.stampChunks && !record.request.schema ? stamp(piece) : piece));
    record.piecesSent += 1;
  }
  if (fault?.kind !== 'no_end') response.write(reply.closing);
  if (await failsAt('after_reply', sending)) return;
  response.end();
}

interface Reply {
  opening: string;
  pieces: string[];
  closing: string;
}

function replyOf({ record: { request }, wire, behaviour }: Sending): Reply {
  const { fault, chunks = 8, usage = true, doneMarker = true } = behaviour;
  const whole = behaviour.text ?? composeReply(request);
  const refusal = fault?.kind === 'refusal' ? wire.refusal(request) : null;
  const truncated = fault?.kind === 'truncation';
  const text = refusal || fault?.kind === 'empty' ? '' : truncated ? whole.slice(0, whole.length * 0.6) : whole;
  const inputTokens = tokens([request.system, ...request.messages.map(({ content }) => content)].join('\n'));
  const usual = refusal?.stopReason ?? (truncated ? wire.stopReasons.truncated : wire.stopReasons.complete);
  return {
    opening: wire.opening(request, usage ? inputTokens : null) + (refusal?.events ?? ''),
    pieces: split(text, chunks),
    closing: wire.closing(request, {
      stopReason: behaviour.stopReason === undefined ? usual : behaviour.stopReason,
      usage: usage ? { inputTokens, outputTokens: tokens(text) } : null,
      doneMarker,
    }),
  };
}

function sendStatus({ response, wire }: Sending, fault: Extract<ModelBehaviour['fault'], { kind: 'status' }>): void {
  const { status, errorType, message = `Injected fault: HTTP ${status}.`, retryAfter, retryAfterMs } = fault;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    ...(retryAfterMs === undefined ? {} : { 'retry-after-ms': String(retryAfterMs) }),
  });
  response.end(JSON.stringify(wire.error(status, errorType, message)));
}

/** Resets or hangs when the behaviour says so for this point. */
async function failsAt(point: FaultPoint, { response, record, wire, behaviour: { fault }, gone }: Sending): Promise<boolean> {
  if (fault?.kind === 'reset' && fault.at === point) {
    // What was written must reach the client first: a reset throws away what is still in the socket's buffer.
    if (response.headersSent) await wait(20, undefined, { signal: gone });
    record.close('cut', monotonicMs());
    response.socket?.resetAndDestroy();
    return true;
  }
  if (fault?.kind !== 'hang' || fault.at !== point) return false;
  while (!gone.aborted) {
    await wait(fault.keepAliveMs ?? 60_000, undefined, { signal: gone });
    if (fault.keepAliveMs && response.headersSent) response.write(wire.keepAlive());
  }
  return true;
}

async function failsMidStream(sending: Sending): Promise<boolean> {
  const { response, wire, behaviour: { fault } } = sending;
  switch (fault?.kind) {
    case 'error_event':
      response.end(wire.errorEvent(fault.errorType, fault.message ?? `Injected fault: ${fault.errorType}.`));
      return true;
    case 'malformed_json':
      response.write(wire.malformedEvent());
      return false;
    default:
      return failsAt('mid_stream', sending);
  }
}

async function drip(sending: Sending, bytes: number, intervalMs: number): Promise<void> {
  const { response, record, wire, gone } = sending;
  const { opening, pieces, closing } = replyOf(sending);
  const all = Buffer.from([opening, ...pieces.map((piece) => wire.piece(record.request, piece)), closing].join(''));
  for (let at = 0; at < all.length; at += bytes) {
    if (at > 0) await wait(intervalMs, undefined, { signal: gone });
    response.write(all.subarray(at, at + bytes));
  }
  response.end();
}

/** Splits between code points into at most `count` pieces of about the same length. */
function split(text: string, count: number): string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.ceil(characters.length / Math.max(1, count)));
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += size) pieces.push(characters.slice(at, at + size).join(''));
  return pieces;
}

function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}
