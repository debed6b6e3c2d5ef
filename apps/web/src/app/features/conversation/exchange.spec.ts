import { buildTurn } from '../../../testing/turn-events';
import { turnStateOf } from '../../core/turns/turn-state';
import { type TurnView, groupExchanges, isRunning, mergeTurns, viewOfTurn } from './exchange';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const turn = (number: number, overrides = {}) =>
  buildTurn({ turnId: id(number), requestId: id(100 + number), status: 'completed', createdAt: `2026-01-01T10:00:0${number}.000Z`, ...overrides });
const pending = (number: number): TurnView => ({ ...viewOfTurn(turn(number)), delivery: 'sending', state: null });

describe('groupExchanges', () => {
  it('puts all tries at a message where the message was sent', () => {
    const views = [turn(1), turn(2), turn(3, { regenerationOf: id(1) }), turn(4, { regenerationOf: id(1) })].map(viewOfTurn);
    const exchanges = groupExchanges(views);
    expect(exchanges.map(({ variants }) => variants.map((view) => view.state?.turnId))).toEqual([[id(1), id(3), id(4)], [id(2)]]);
  });

  it('keeps tries together whose first one is on an earlier page', () => {
    const exchanges = groupExchanges([turn(3, { regenerationOf: id(1) }), turn(4, { regenerationOf: id(1) })].map(viewOfTurn));
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.variants).toHaveLength(2);
  });

  it('keeps its key from sending to the end, so that nothing is drawn anew', () => {
    expect(groupExchanges([pending(1)])[0]?.key).toBe(groupExchanges([viewOfTurn(turn(1))])[0]?.key);
  });
});

describe('mergeTurns', () => {
  it('keeps the text received of a turn that still runs', () => {
    const running = turn(1, { status: 'running' });
    const view: TurnView = { ...viewOfTurn(running), state: { ...turnStateOf(running), text: 'so far', lastEventId: 4 } };
    expect(mergeTurns([view], [running])[0]?.state).toMatchObject({ text: 'so far', lastEventId: 4 });
  });

  it('takes the end of a turn from the server', () => {
    const view = viewOfTurn(turn(1, { status: 'running' }));
    expect(mergeTurns([view], [turn(1, { replyText: 'All.' })])[0]?.state).toMatchObject({ phase: 'ended', text: 'All.' });
  });

  it('keeps earlier pages before and unsent messages after what the server gives', () => {
    const merged = mergeTurns([viewOfTurn(turn(1)), viewOfTurn(turn(2)), pending(5)], [turn(2), turn(3)]);
    expect(merged.map(({ requestId }) => requestId)).toEqual([id(101), id(102), id(103), id(105)]);
  });

  it('never shows a message twice, whose answer was lost', () => {
    expect(mergeTurns([pending(1)], [turn(1)])).toHaveLength(1);
  });
});

describe('isRunning', () => {
  it.each([
    ['while it is sent', pending(1), true],
    ['while it is written', viewOfTurn(turn(1, { status: 'running' })), true],
    ['not at its end', viewOfTurn(turn(1)), false],
    ['not when it was not sent', { ...pending(1), delivery: 'unsent' as const }, false],
  ])('%s', (_, view, expected) => {
    expect(isRunning(view)).toBe(expected);
  });
});
