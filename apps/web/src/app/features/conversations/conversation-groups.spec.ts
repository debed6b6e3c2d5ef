import { buildConversation } from '../../../testing/builders';
import { translate } from '../../../testing/texts';
import { groupByTime } from './conversation-groups';

const now = new Date(2026, 10, 22, 14, 0).getTime();
const at = (...date: [number, number, number, number?]) => buildConversation({ updatedAt: new Date(...date).toISOString() });
const names = (...conversations: ReturnType<typeof at>[]) => groupByTime(translate(), conversations, now).map(({ name }) => name);

describe('groupByTime', () => {
  it('names groups as one would say it', () => {
    expect(names(at(2026, 10, 22, 9), at(2026, 10, 21, 23), at(2026, 10, 18), at(2026, 10, 2), at(2026, 8, 30), at(2025, 8, 30))).toEqual([
      'Today',
      'Yesterday',
      'Last seven days',
      'November',
      'September',
      'September 2025',
    ]);
  });

  it('keeps the order and puts neighbours together', () => {
    const [first, second, third] = [at(2026, 10, 22, 9), at(2026, 10, 22, 8), at(2026, 10, 21, 8)];
    expect(groupByTime(translate(), [first, second, third], now)).toEqual([
      { name: 'Today', conversations: [first, second] },
      { name: 'Yesterday', conversations: [third] },
    ]);
  });

  it('takes a clock that is ahead for today', () => {
    expect(names(at(2026, 10, 23, 1))).toEqual(['Today']);
  });

  it('has no group without a conversation', () => {
    expect(groupByTime(translate(), [], now)).toEqual([]);
  });
});
