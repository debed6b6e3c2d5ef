import type { PlaygroundHit } from '@dramatis/contracts/search-playground';
import { TestBed } from '@angular/core/testing';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';

const address = '/console/corpora/ada-lovelace/search';
const hit = (letter: string, overrides: Partial<PlaygroundHit>): PlaygroundHit => ({
  passageId: letter.repeat(32),
  documentId: 'document-1',
  documentTitle: `Note ${letter}`,
  headingPath: [],
  ordinal: 0,
  text: `What ${letter} says.`,
  tokens: 12,
  lexical: { rank: 1, score: 4.2 },
  vector: { rank: 1, score: 0.7 },
  fused: { rank: 1, score: 0.03 },
  relevance: 0.9,
  promptRank: 1,
  cut: null,
  ...overrides,
});

describe('PlaygroundPage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.corpus.found = {
      personaId: 'ada-lovelace',
      version: 2,
      query: 'engine',
      embedder: 'embedder',
      grounded: true,
      settings: { candidates: 50, topK: 8, tokenBudget: 2_400, groundingFloor: 0.35, passageFloor: 0.3 },
      hits: [hit('a', { lexical: { rank: 2, score: 3.1 } }), hit('b', { vector: null, fused: { rank: 2, score: 0.01 }, promptRank: null, cut: 'near_duplicate' })],
      timings: { embedMs: 1, searchMs: 2, indexMs: 1, rankMs: 1, totalMs: 4 },
    };
  });

  const titles = () => stage.rows.map(([passage]) => passage!.slice(0, 6));

  it('searches by the address, and shows every passage with its ranks side by side', async () => {
    await stage.open(`${address}?q=engine&entities=Babbage`);
    await eventually(() => expect(stage.rows).toHaveLength(2));
    expect(stage.server.requests).toContain('search {"personaId":"ada-lovelace","query":"engine","entities":["Babbage"]}');
    expect(stage.rows[0]!.slice(1)).toEqual(['2 3.10', '1 0.700', '1 0.030', '1', '0.90', 'Kept']);
    expect(stage.rows[1]!.slice(1)).toEqual(['1 4.20', '–', '2 0.010', '–', '0.90', 'Says what a better one says']);
  });

  it('sorts by another of the ranks', async () => {
    await stage.open(`${address}?q=engine`);
    await eventually(() => expect(titles()).toEqual(['Note a', 'Note b']));
    stage.press('By words');
    await eventually(() => expect(titles()).toEqual(['Note b', 'Note a']));
    expect(stage.url).toBe(`${address}?q=engine&sort=lexical`);
  });

  it('puts a question into the address', async () => {
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('Ask something.'));
    stage.fill('A question', ' What weaves? ');
    stage.press('Search');
    // The first control of that name is the tab; the form's button asks.
    stage.page.querySelector<HTMLButtonElement>('form button[type=submit]')!.click();
    await eventually(() => expect(stage.url).toBe(`${address}?q=What%20weaves%3F`));
    TestBed.tick();
  });

  it('opens a passage beside the list, with the way to its origin', async () => {
    await stage.open(`${address}?q=engine&passage=${'b'.repeat(32)}`);
    await eventually(() => expect(stage.page.querySelector('[role=dialog]')?.textContent).toContain('What b says.'));
    expect(stage.control('Where it comes from').getAttribute('href')).toBe(`/console/passages/${'b'.repeat(32)}`);
  });
});
