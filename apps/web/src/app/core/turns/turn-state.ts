import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Citation, Turn, Violation } from '@dramatis/contracts/turn';

type Discard = Extract<TurnEvent, { type: 'discard' }>;

/** What a running turn is doing, as far as its events tell. */
export type TurnPhase = 'waiting' | 'retrieved' | 'attempting' | 'writing' | 'ended';

/** Something that went wrong on the way and was mended, where it happened. */
export interface Interruption {
  /** Id of the event that told it; unique within the turn. */
  id: number;
  attempt: number;
  code: Discard['code'];
  /** Whether words of the attempt were shown already. */
  hadText: boolean;
}

/** What a page shows of a turn. A pure function of the turn's record and its events so far. */
export interface TurnState {
  turnId: string;
  lastEventId: number;
  phase: TurnPhase;
  text: string;
  citations: Citation[];
  /** Null before the passages are known. */
  grounded: boolean | null;
  /** The attempt whose deltas `text` consists of; null before the first. */
  attempt: { attempt: number; provider: string; model: string; builtIn: boolean } | null;
  interruptions: Interruption[];
  repairs: string[];
  violations: Violation[];
  /** The turn's record: when it ended the last word on everything, before that what it was when the page asked. */
  turn: Turn;
}

export function turnStateOf(turn: Turn): TurnState {
  const ended = turn.status !== 'running';
  return {
    turnId: turn.turnId,
    lastEventId: 0,
    phase: ended ? 'ended' : 'waiting',
    // A running turn's text comes whole from its events, which begin at the first.
    text: ended ? (turn.replyText ?? '') : '',
    citations: turn.citations,
    grounded: turn.provenance?.grounded ?? null,
    attempt: null,
    interruptions: [],
    repairs: turn.provenance?.formatVerdict?.repairs ?? [],
    violations: turn.provenance?.formatVerdict?.violations ?? [],
    turn,
  };
}

/** The state after an event. Events come in the order of their ids; one that was applied before changes nothing. */
export function applyTurnEvent(state: TurnState, event: TurnEvent): TurnState {
  if (event.turnId !== state.turnId || event.id <= state.lastEventId || state.phase === 'ended') return state;
  const next = { ...state, lastEventId: event.id };
  switch (event.type) {
    case 'accepted':
      return next;
    case 'retrieved':
      return { ...next, phase: 'retrieved', grounded: event.grounded, citations: event.citations };
    case 'attempt': {
      const { attempt, provider, model, builtIn } = event;
      return { ...next, phase: 'attempting', text: '', attempt: { attempt, provider, model, builtIn } };
    }
    case 'delta':
      return { ...next, phase: 'writing', text: state.text + event.text };
    case 'discard':
      return {
        ...next,
        phase: 'attempting',
        text: '',
        interruptions: [...state.interruptions, { id: event.id, attempt: event.attempt, code: event.code, hadText: state.text !== '' }],
      };
    case 'repaired':
      return { ...next, text: event.text, repairs: event.repairs, violations: event.violations };
    case 'completed':
    case 'cancelled':
    case 'failed':
      return {
        ...next,
        phase: 'ended',
        text: event.turn.replyText ?? '',
        citations: event.turn.citations,
        grounded: event.turn.provenance?.grounded ?? state.grounded,
        turn: event.turn,
      };
  }
}
