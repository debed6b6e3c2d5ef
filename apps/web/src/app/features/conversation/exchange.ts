import type { Conversation, TurnOnBranch, TurnSibling } from '@dramatis/contracts/conversation';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { StartedTurn } from '@dramatis/contracts/turn';
import type { TurnCustoms } from '@dramatis/contracts/turn-customs';
import type { Problem } from '../../core/problem';
import { type TurnState, turnStateOf } from '../../core/turns/turn-state';

/** How the persona is asked to answer. */
export interface Manner {
  mode: ModeId;
  format: FormatId;
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
  /** The custom mode and format that the server pinned it to. */
  customs?: TurnCustoms | undefined;
  userText: string;
  /** The turn that it follows; null at the beginning. */
  parentTurnId: string | null;
  regenerationOf: string | null;
  /** All that follow the same turn, oldest first; itself among them once the server has it. */
  siblings: readonly TurnSibling[];
  /** The language model that is to be asked first, where one was chosen. */
  provider?: string;
  /** What stood in its place until it was sent, and comes back if it is given up. */
  replaces: readonly TurnView[];
  createdAt: string;
  /** Null until the server took it. */
  state: TurnState | null;
}

export function viewOfTurn(turn: TurnOnBranch): TurnView {
  const { requestId, mode, format, customs, userText, parentTurnId, regenerationOf, siblings, createdAt } = turn;
  return {
    ...{ requestId, mode, format, customs, userText, parentTurnId, regenerationOf, siblings, createdAt },
    ...{ delivery: 'taken', problem: null, replaces: [], state: turnStateOf(turn) },
  };
}

/** What a view becomes when the server has taken its message. */
export function takenBy(view: TurnView, { conversationId, personaId }: Conversation, { turnId, queued, customs }: StartedTurn): Partial<TurnView> {
  const { requestId, parentTurnId, regenerationOf, siblings, mode, format, userText, createdAt } = view;
  return {
    delivery: queued ? 'waiting' : 'taken',
    customs,
    siblings: siblings.some((sibling) => sibling.turnId === turnId) ? siblings : [...siblings, { turnId, regenerationOf }],
    replaces: [],
    state: turnStateOf({
      ...{ turnId, conversationId, personaId, requestId, parentTurnId, regenerationOf, mode, format, userText, createdAt },
      ...(customs && { customs }),
      ...{ status: 'running', replyText: null, citations: [], failure: null, provenance: null, feedback: null, endedAt: null },
    }),
  };
}

/** What one that takes the place of a turn has in common with it, and what makes room. */
export function branchAt(views: readonly TurnView[], at: number): Pick<TurnView, 'parentTurnId' | 'siblings' | 'replaces'> & Manner {
  const { parentTurnId, siblings, mode, format } = views[at]!;
  return { parentTurnId, siblings, mode, format, replaces: views.slice(at) };
}

export function isRunning(view: TurnView): boolean {
  if (view.problem) return false;
  return view.delivery === 'sending' || (view.state !== null && view.state.phase !== 'ended');
}

/** Where something stands among others in its place, from 1, and the turns that lead to its neighbours. */
export interface Place {
  position: number;
  count: number;
  previous: string | null;
  next: string | null;
}

/** Where the message stands among those said in its place, and the reply among those to the same message. */
export function placesOf(view: TurnView): { message: Place; reply: Place } {
  const own = view.state?.turnId ?? view.requestId;
  const known = view.siblings.some(({ turnId }) => turnId === own);
  const all = known ? view.siblings : [...view.siblings, { turnId: own, regenerationOf: view.regenerationOf }];
  const messages = [...Map.groupBy(all, ({ turnId, regenerationOf }) => regenerationOf ?? turnId).values()];
  const at = messages.findIndex((tries) => tries.some(({ turnId }) => turnId === own));
  const tries = messages[at] ?? [];
  return {
    message: placeAmong(messages.map((those) => those.at(-1)!.turnId), at),
    reply: placeAmong(tries.map(({ turnId }) => turnId), tries.findIndex(({ turnId }) => turnId === own)),
  };
}

function placeAmong(turnIds: readonly string[], at: number): Place {
  return { position: at + 1, count: turnIds.length, previous: turnIds[at - 1] ?? null, next: turnIds[at + 1] ?? null };
}

/**
 * The page's views brought up to date with the end of the branch as the server has it: what runs keeps the text received so far, what
 * the server does not know yet stays at the end, and earlier turns stay as far as they lead there.
 */
export function mergeTurns(views: readonly TurnView[], turns: readonly TurnOnBranch[]): TurnView[] {
  const known = new Map(views.map((view) => [view.requestId, view]));
  const merged = turns.map((turn) => {
    const view = known.get(turn.requestId);
    known.delete(turn.requestId);
    return view?.state && turn.status === 'running' ? { ...view, siblings: turn.siblings } : viewOfTurn(turn);
  });
  const left = [...known.values()];
  const before = merged[0]?.parentTurnId ?? null;
  const joint = before === null ? -1 : left.findIndex(({ state }) => state?.turnId === before);
  return [...left.slice(0, joint + 1), ...merged, ...left.slice(joint + 1).filter((view) => !view.state || isRunning(view))];
}
