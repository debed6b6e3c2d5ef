import type { Attempt, Provenance, Turn } from '@dramatis/contracts/turn';
import { buildCitation, buildProvenance, buildTurn } from '../../../testing/turn-events';
import { translate } from '../../../testing/texts';
import { durationWords, provenanceLine, repairWords, troubleWords } from './provenance-words';

const at = '2026-01-01T10:00:00.000Z';

function made(provenance: Partial<Provenance>, turn: Partial<Turn> = {}): Turn {
  return buildTurn({ status: 'completed', endedAt: '2026-01-01T10:00:02.400Z', provenance: buildProvenance(provenance), ...turn });
}

function attempt(overrides: Partial<Attempt>): Attempt {
  const times = { startedAt: at, endedAt: at, timeToFirstTokenMs: null };
  return { attempt: 1, provider: 'anthropic', model: 'm', purpose: 'reply', outcome: 'completed', ...times, ...overrides };
}

describe('provenanceLine', () => {
  it('names the model, the passages used and the time', () => {
    const citations = [buildCitation(1), buildCitation(2, { cited: false })];
    expect(provenanceLine(translate(), made({ builtIn: false, model: 'claude' }, { citations }))).toBe('claude · 1 passage · 2.4 s');
  });

  it.each([
    ['no_corpus', 'no sources yet'],
    ['no_match', 'no source on this'],
    ['search_unavailable', 'no sources, since the search was out of reach'],
  ] as const)('says why there are no sources: %s', (ungroundedReason, words) => {
    expect(provenanceLine(translate(), made({ grounded: false, ungroundedReason }))).toBe(`Built-in model · ${words} · 2.4 s`);
  });

  it('claims no model for a turn that has no reply', () => {
    const turn = made({ attempts: [attempt({ outcome: 'failed' })] }, { status: 'failed' });
    expect(provenanceLine(translate(), turn)).toBe('No reply · 1 attempt · 2.4 s');
  });
});

describe('troubleWords', () => {
  it('is silent about a reply that went well', () => {
    expect(troubleWords(translate(), made({ attempts: [attempt({})] }))).toEqual([]);
  });

  it('tells a fallback in plain words', () => {
    const attempts = [
      attempt({ outcome: 'failed', code: 'interrupted', message: 'socket hang up' }),
      attempt({ attempt: 2, provider: 'built-in' }),
    ];
    expect(troubleWords(translate(), made({ attempts }))).toEqual([
      'Attempt 1, at anthropic, failed because its answer broke off.',
      'The built-in model answered in its place.',
    ]);
  });

  it('tells of a lost worker, a correction, missing sources and what is still not as asked', () => {
    const attempts = [
      attempt({ outcome: 'failed', code: 'worker_lost' }),
      attempt({ attempt: 2 }),
      attempt({ attempt: 3, purpose: 'format_correction' }),
    ];
    const formatVerdict = { satisfied: false, violations: [{ rule: 'items', message: 'The list has two items' }], repairs: ['Joined lines'] };
    const words = troubleWords(translate(), made({ attempts, formatVerdict, grounded: false, ungroundedReason: 'search_unavailable' })).join(' ');
    expect(words).toContain('the process that listened to it was lost');
    expect(words).toContain('written once more');
    expect(words).toContain('rests on no source');
    expect(words).toContain('Not as asked: The list has two items.');
    expect(words).not.toContain('Joined lines');
  });
});

describe('repairWords', () => {
  it('tells repairs and removed citations', () => {
    const formatVerdict = { satisfied: true, violations: [], repairs: ['Joined lines'] };
    expect(repairWords(translate(), made({ formatVerdict, removedCitations: 2 }))).toEqual([
      'Mended in the form: Joined lines.',
      '2 citations that referred to no passage were removed.',
    ]);
  });
});

describe('durationWords', () => {
  it.each([
    [48, '48 ms'],
    [2_400, '2.4 s'],
    [42_300, '42 s'],
    [125_000, '2 min 5 s'],
    [null, 'still running'],
  ])('%s is %s', (milliseconds, words) => {
    expect(durationWords(translate(), milliseconds)).toBe(words);
  });
});
