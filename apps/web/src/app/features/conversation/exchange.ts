import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Turn } from '@dramatis/contracts/turn';
import type { Problem } from '../../core/problem';
import { type TurnState, turnStateOf } from '../../core/turns/turn-state';

/** How the persona is asked to answer. */
export interface Manner {
  mode: InteractionMode;
  format: ResponseFormat;
}

/**
 * What the page knows of one turn, from the moment it was sent. `requestId` stays the same from there on.
 * `unsent`: the server did not take it; `waiting`: it is kept, and starts when the workflow service is back.
 */
export interface TurnView extends Manner {
  requestId: string;
  delivery: 'sending' | 'unsent' | 'waiting' | 'taken';
  /** Why it is unsent, or why its events cannot be followed. */
  problem: Problem | null;
  userText: string;
  regenerationOf: string | null;
  createdAt: string;
  /** Null until the server took it. */
  state: TurnState | null;
}

/** A message with every reply to it. */
export interface Exchange {
  /** The first turn's request id. */
  key: string;
  userText: string;
  createdAt: string;
  variants: TurnView[];
}

export function viewOfTurn(turn: Turn): TurnView {
  const { requestId, mode, format, userText, regenerationOf, createdAt } = turn;
  return { requestId, mode, format, userText, regenerationOf, createdAt, delivery: 'taken', problem: null, state: turnStateOf(turn) };
}

export function isRunning(view: TurnView): boolean {
  if (view.problem) return false;
  return view.delivery === 'sending' || (view.state !== null && view.state.phase !== 'ended');
}

/** Turns as exchanges, in the order in which their messages were sent; tries at the same message come together. */
export function groupExchanges(views: readonly TurnView[]): Exchange[] {
  const exchanges: Exchange[] = [];
  const byFirstTurn = new Map<string, Exchange>();
  for (const view of views) {
    const original = view.regenerationOf === null ? undefined : byFirstTurn.get(view.regenerationOf);
    if (original) {
      original.variants.push(view);
      continue;
    }
    const exchange: Exchange = { key: view.requestId, userText: view.userText, createdAt: view.createdAt, variants: [view] };
    exchanges.push(exchange);
    const firstTurn = view.regenerationOf ?? view.state?.turnId;
    if (firstTurn !== undefined) byFirstTurn.set(firstTurn, exchange);
  }
  return exchanges;
}

/**
 * The page's views brought up to date with the server's turns: what runs keeps the text received so far, what the
 * server does not know yet stays at the end.
 */
export function mergeTurns(views: readonly TurnView[], turns: readonly Turn[]): TurnView[] {
  const known = new Map(views.map((view) => [view.requestId, view]));
  const merged = turns.map((turn) => {
    const view = known.get(turn.requestId);
    known.delete(turn.requestId);
    return view?.state && turn.status === 'running' ? view : viewOfTurn(turn);
  });
  const oldest = merged[0]?.createdAt ?? '';
  const left = [...known.values()];
  return [...left.filter((view) => view.state && view.createdAt < oldest), ...merged, ...left.filter((view) => !view.state || view.createdAt >= oldest)];
}
