import type { TurnStep } from '@dramatis/contracts/turn';
import { buildCitation, buildProvenance, buildTurn } from '../../../testing/turn-events';
import { translate } from '../../../testing/texts';
import { passageRows, waterfall } from './provenance-view';

const step = (name: TurnStep['step'], startMs: number, durationMs: number): TurnStep => ({
  step: name,
  startedAt: new Date(Date.parse('2026-01-01T10:00:00.000Z') + startMs).toISOString(),
  durationMs,
});

describe('waterfall', () => {
  it('places steps by their times, in the order in which they began', () => {
    const bars = waterfall([step('generate', 200, 800), step('load', 0, 100), step('retrieve', 0, 200)]);
    expect(bars.map((bar) => [bar.step.step, bar.start, bar.width])).toEqual([
      ['load', 0, 10],
      ['retrieve', 0, 20],
      ['generate', 20, 80],
    ]);
  });

  it('keeps the shortest step visible and inside', () => {
    const save = waterfall([step('generate', 0, 10_000), step('save', 10_000, 0)])[1]!;
    expect(save.width).toBeGreaterThan(0);
    expect(save.start + save.width).toBeLessThanOrEqual(100);
  });

  it('has nothing to show without steps', () => {
    expect(waterfall([])).toEqual([]);
  });
});

describe('passageRows', () => {
  it('joins what was found with what the reply made of it, best first', () => {
    const [used, unused] = [buildCitation(1), buildCitation(2, { cited: false })];
    const ranks = { lexicalRank: 1, vectorRank: null };
    const retrieved = [
      { passageId: 'f'.repeat(32), score: 0.2, ...ranks },
      { passageId: unused.passageId, score: 0.5, ...ranks },
      { passageId: used.passageId, score: 0.9, ...ranks },
    ];
    const rows = passageRows(translate(), buildTurn({ citations: [used, unused], provenance: buildProvenance({ retrieved }) }));
    expect(rows.map(({ number, cited }) => [number, cited])).toEqual([
      [1, true],
      [2, false],
      [null, false],
    ]);
  });
});
