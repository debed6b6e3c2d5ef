import { RecentTurns } from './recent-turns.js';

describe('RecentTurns', () => {
  it('knows once whose turn was started', () => {
    const recent = new RecentTurns();
    recent.note('turn', 'ada');
    expect(recent.take('turn', 'ada')).toBe(true);
    expect(recent.take('turn', 'ada')).toBe(false);
  });

  it('says nothing of the turns of others', () => {
    const recent = new RecentTurns();
    recent.note('turn', 'ada');
    expect(recent.take('turn', 'grace')).toBe(false);
    expect(recent.take('turn', null)).toBe(false);
    expect(recent.take('another', 'ada')).toBe(false);
    expect(recent.take('turn', 'ada')).toBe(true);
  });
});
