import type { GraphEdge, GraphEntity } from '@dramatis/contracts/knowledge-graph';
import { TestBed } from '@angular/core/testing';
import { Router, TitleStrategy } from '@angular/router';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { Language } from '../../../../i18n/language';
import { PageTitle } from '../../../shell/page-title';

const address = '/console/corpora/ada-lovelace/graph';
const id = (letter: string) => letter.repeat(32);
const entity = (letter: string, name: string): GraphEntity => ({ entityId: id(letter), name, type: 'person', mentions: 5, passages: 4, degree: 1 });
const ada = entity('a', 'Ada Lovelace');
const babbage = entity('b', 'Charles Babbage');
const edge: GraphEdge = {
  from: ada.entityId,
  to: babbage.entityId,
  weight: 0.8,
  passages: 3,
  statements: [{ subject: ada.entityId, verb: 'met', object: babbage.entityId, passageId: id('1') }],
  support: [{ passageId: id('2'), documentId: 'document-1', documentTitle: 'A life in outline', excerpt: 'She met Charles Babbage in 1833.' }],
};

describe('GraphPage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    TestBed.configureTestingModule({ providers: [{ provide: TitleStrategy, useExisting: PageTitle }] });
    stage.server.corpus.graphKept = { personaId: 'ada-lovelace', version: 2, computed: true, entities: [ada, babbage], edges: [edge], total: 188 };
    stage.server.corpus.neighbourhood = { personaId: 'ada-lovelace', version: 2, entity: ada, neighbours: [{ entity: babbage, edge }] };
  });

  afterEach(() => localStorage.removeItem('dramatis.language'));

  it('draws the names, and lists them for whoever cannot use the drawing', async () => {
    await stage.open(address);
    await eventually(() => expect([...stage.page.querySelectorAll('svg text')].map(({ textContent }) => textContent)).toEqual(['Ada Lovelace', 'Charles Babbage']));
    expect(stage.text).toContain('2 most named of 188, version 2');
    stage.press('Charles Babbage');
    await eventually(() => expect(stage.url).toBe(`${address}?entity=${babbage.entityId}`));
  });

  it('shows the passages behind a tie that is clicked in the drawing', async () => {
    await stage.open(address);
    await eventually(() => expect(stage.page.querySelector('g.edge')).not.toBeNull());
    stage.page.querySelector('g.edge')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    TestBed.tick();
    await eventually(() => expect(stage.page.querySelector('[role=dialog] blockquote')?.textContent).toContain('She met Charles Babbage in 1833.'));
    expect(stage.control('Ada Lovelace met Charles Babbage').getAttribute('href')).toBe(`/console/passages/${id('1')}`);
  });

  it('is in the reader’s language, also what the shapes mean', async () => {
    await TestBed.inject(Language).use('de');
    await stage.open(address);
    const legend = (): string[] => [...stage.page.querySelectorAll('.legend > span')].map(({ textContent }) => textContent.trim());
    await eventually(() => expect(legend()).toEqual(['Person', 'Ort', 'Organisation', 'Datum']));
  });

  it('tells in the title of the page whose graph it is', async () => {
    await stage.open(address);
    await eventually(() => expect(document.title).toBe('Graph – Ada Lovelace · Dramatis'));
    await TestBed.inject(Router).navigateByUrl('/console');
    await eventually(() => expect(document.title).toBe('Corpora · Dramatis'));
  });

  it('asks for the names of a kind, and for a part of a name, by the address', async () => {
    await stage.open(`${address}?type=person&search=bab&most=30`);
    await eventually(() => expect(stage.server.requests).toContain('graph {"search":"bab","type":"person","limit":30}'));
  });

  it('does not wait for the graph of a corpus of which nothing is published', async () => {
    stage.server.corpus.graphKept = { ...stage.server.corpus.graphKept, version: 0, computed: false, entities: [], edges: [], total: 0 };
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('When a version is published, this page shows'));
  });

  it('waits for a graph that is being computed', async () => {
    stage.server.corpus.graphKept = { ...stage.server.corpus.graphKept, computed: false, entities: [], edges: [] };
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('The graph of version 2 is being computed'));
  });
});
