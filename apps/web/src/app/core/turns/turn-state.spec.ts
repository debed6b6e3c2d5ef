import type { TurnEvent, TurnEventBody } from '@dramatis/contracts/turn-event';
import { buildCitation, buildProvenance, buildTurn, deltas, eventsFrom } from '../../../testing/turn-events';
import { type TurnState, applyTurnEvent, turnStateOf } from './turn-state';

const accepted: TurnEventBody = { type: 'accepted' };
const retrieved: TurnEventBody = { type: 'retrieved', grounded: true, citations: [buildCitation(1)] };
const attempt = (number: number): TurnEventBody => ({ type: 'attempt', attempt: number, provider: 'anthropic', model: 'm', builtIn: false });
const discard = (code: Extract<TurnEventBody, { type: 'discard' }>['code']): TurnEventBody => ({ type: 'discard', attempt: 1, code, reason: '' });

function after(...bodies: TurnEventBody[]): TurnState {
  return eventsFrom(1, bodies).reduce(applyTurnEvent, turnStateOf(buildTurn()));
}

describe('applyTurnEvent', () => {
  it('appends deltas in order', () => {
    const state = after(accepted, retrieved, attempt(1), ...deltas('The engine ', 'weaves ', '[1].'));
    expect(state).toMatchObject({ phase: 'writing', text: 'The engine weaves [1].', lastEventId: 6, grounded: true });
  });

  it('tells passages before the first word', () => {
    expect(after(accepted, retrieved)).toMatchObject({ phase: 'retrieved', citations: [{ documentTitle: 'Note 1' }], text: '' });
  });

  it('changes nothing when an event comes twice or belongs to another turn', () => {
    const state = after(accepted, attempt(1), ...deltas('a', 'b'));
    const again = eventsFrom(3, deltas('a'))[0] as TurnEvent;
    expect(applyTurnEvent(state, again)).toBe(state);
    expect(applyTurnEvent(state, { ...again, id: 5, turnId: '00000000-0000-4000-8000-0000000000ff' })).toBe(state);
  });

  it('voids the text of an attempt that broke off, and says so', () => {
    const state = after(accepted, attempt(1), ...deltas('The engine'), discard('interrupted'));
    expect(state).toMatchObject({ text: '', phase: 'attempting', interruptions: [{ attempt: 1, code: 'interrupted', hadText: true }] });
    const onward = eventsFrom(5, [attempt(2), { type: 'delta', attempt: 2, text: 'A loom' }]).reduce(applyTurnEvent, state);
    expect(onward).toMatchObject({ text: 'A loom', attempt: { attempt: 2 }, interruptions: [{ id: 4 }] });
  });

  it('starts from nothing at an attempt even when its discard was not told', () => {
    expect(after(accepted, attempt(1), ...deltas('partial'), attempt(2)).text).toBe('');
  });

  it('replaces the text by the repaired one', () => {
    const state = after(accepted, attempt(1), ...deltas('- a'), { type: 'repaired', text: '- a\n- b', repairs: ['Split an item'], violations: [] });
    expect(state).toMatchObject({ text: '- a\n- b', repairs: ['Split an item'] });
  });

  it.each(['completed', 'cancelled', 'failed'] as const)('takes the turn of %s for the last word', (status) => {
    const turn = buildTurn({ status, replyText: 'What is stored.', citations: [buildCitation(2)], provenance: buildProvenance({ grounded: false }) });
    const state = after(accepted, attempt(1), ...deltas('What was streamed'), { type: status, turn });
    expect(state).toMatchObject({ phase: 'ended', text: 'What is stored.', grounded: false, turn: { status }, citations: [{ number: 2 }] });
    expect(applyTurnEvent(state, eventsFrom(9, deltas('late'))[0] as TurnEvent)).toBe(state);
  });
});

describe('turnStateOf', () => {
  it('shows an ended turn as it is stored', () => {
    const turn = buildTurn({ status: 'completed', replyText: '- a', citations: [buildCitation(1)] });
    expect(turnStateOf(turn)).toMatchObject({ phase: 'ended', text: '- a', citations: [{ number: 1 }] });
  });

  it('leaves the text of a running turn to its events, which begin at the first', () => {
    expect(turnStateOf(buildTurn({ replyText: 'partial' }))).toMatchObject({ phase: 'waiting', text: '', lastEventId: 0 });
  });
});
