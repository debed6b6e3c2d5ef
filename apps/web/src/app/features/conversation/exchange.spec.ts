import type { TurnSibling } from '@dramatis/contracts/conversation';
import { buildTurn } from '../../../testing/turn-events';
import { turnStateOf } from '../../core/turns/turn-state';
import { type TurnView, isRunning, mergeTurns, placesOf, viewOfTurn } from './exchange';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const turn = (number: number, overrides: Partial<ReturnType<typeof buildTurn>> = {}) =>
  buildTurn({
    turnId: id(number),
    requestId: id(100 + number),
    parentTurnId: number === 1 ? null : id(number - 1),
    status: 'completed',
    createdAt: `2026-01-01T10:00:0${number}.000Z`,
    ...overrides,
  });
const pending = (number: number): TurnView => ({ ...viewOfTurn(turn(number, { siblings: [] })), delivery: 'sending', state: null });
const requestIds = (views: TurnView[]) => views.map(({ requestId }) => requestId);

describe('placesOf', () => {
  const siblings: TurnSibling[] = [
    { turnId: id(1), regenerationOf: null },
    { turnId: id(2), regenerationOf: id(1) },
    { turnId: id(3), regenerationOf: null },
    { turnId: id(4), regenerationOf: id(1) },
  ];
  const placed = (number: number, regenerationOf: string | null) => placesOf(viewOfTurn(turn(number, { siblings, regenerationOf })));

  it('tells messages from tries at one of them', () => {
    expect(placed(2, id(1))).toEqual({
      message: { position: 1, count: 2, previous: null, next: id(3) },
      reply: { position: 2, count: 3, previous: id(1), next: id(4) },
    });
  });

  it('leads to the newest try at another message', () => {
    expect(placed(3, null)).toEqual({
      message: { position: 2, count: 2, previous: id(4), next: null },
      reply: { position: 1, count: 1, previous: null, next: null },
    });
  });

  it('counts one that is being sent as the last', () => {
    const view = { ...pending(5), siblings, regenerationOf: id(1) };
    expect(placesOf(view).reply).toMatchObject({ position: 4, count: 4, previous: id(4) });
    expect(placesOf({ ...view, regenerationOf: null }).message).toMatchObject({ position: 3, count: 3, previous: id(3) });
  });

  it('is alone where nothing else was said', () => {
    expect(placesOf(pending(1)).message).toEqual({ position: 1, count: 1, previous: null, next: null });
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
    expect(requestIds(merged)).toEqual([id(101), id(102), id(103), id(105)]);
  });

  it('leaves out what is on another branch than the server’s', () => {
    const views = [1, 2, 3].map((number) => viewOfTurn(turn(number)));
    expect(requestIds(mergeTurns(views, [turn(4, { parentTurnId: id(1) })]))).toEqual([id(101), id(104)]);
    expect(requestIds(mergeTurns(views, [turn(4, { parentTurnId: null })]))).toEqual([id(104)]);
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
