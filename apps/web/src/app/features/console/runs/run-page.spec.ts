import { TestBed } from '@angular/core/testing';
import { buildCounts, buildDocument, buildDocumentDetail, buildIngestion, buildProgress, buildRevision, buildRunning, uuidOf } from '../../../../testing/console-builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { Problem } from '../../../core/problem';

const address = `/console/corpora/ada-lovelace/runs/${uuidOf(1)}`;
const failed = buildDocument({ documentId: 'document-2', title: 'locked.pdf', state: 'failed', reason: 'The PDF is encrypted.', code: 'encrypted', passages: 0, revisionId: null });

describe('RunPage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.knowledge.runsKept = [buildRunning()];
    stage.server.knowledge.documentsKept = [buildDocument(), failed];
  });

  const asked = (route: string) => stage.server.requests.filter((request) => request.startsWith(route));
  const bar = () => stage.page.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext');
  function tell(event: { type: 'progress'; progress: ReturnType<typeof buildProgress> } | { type: 'ended'; ingestion: ReturnType<typeof buildIngestion> }, id = 1): void {
    stage.server.feed.listener!.event({ ...event, id, ingestionId: uuidOf(1), at: new Date().toISOString() });
    TestBed.tick();
  }
  async function follow(): Promise<void> {
    await stage.open(address);
    await eventually(() => expect(stage.server.feed.listener).not.toBeNull());
    stage.server.feed.listener!.live(true);
    TestBed.tick();
  }

  it('shows stage, counts, pace and what is left as events tell them', async () => {
    await follow();
    tell({ type: 'progress', progress: buildProgress({ counts: buildCounts({ discovered: 10, indexed: 5, failed: 1 }), documentsPerSecond: 2.3, secondsLeft: 40 }) });
    expect(bar()).toBe('6 of 10 documents done');
    expect(stage.text).toContain('2.3 a second, about 40 seconds left');
    tell({ type: 'progress', progress: buildProgress({ stage: 'checking', counts: buildCounts({ discovered: 10, indexed: 9, failed: 1 }) }) }, 2);
    expect(stage.page.querySelector('[aria-current=step]')?.textContent).toContain('Checking the version');
  });

  it('ends with what the run has come to', async () => {
    await follow();
    tell({ type: 'ended', ingestion: buildIngestion({ counts: buildCounts({ discovered: 2, indexed: 1, failed: 1 }) }) });
    expect(stage.text).toContain('Completed, some failed');
    expect(stage.text).toContain('It published version 2.');
    expect(stage.control('Retry the 1 failed')).toBeDefined();
  });

  it('asks by itself where no events come', async () => {
    stage.server.knowledge.progressNow = buildProgress({ counts: buildCounts({ discovered: 4, indexed: 3 }) });
    await stage.open(address);
    await eventually(() => expect(bar()).toBe('3 of 4 documents done'));
    stage.server.knowledge.progressNow = buildProgress({ counts: buildCounts({ discovered: 4, indexed: 4 }) });
    await eventually(() => expect(bar()).toBe('4 of 4 documents done'), 6_000);
  });

  it('pauses and resumes', async () => {
    await stage.open(address);
    await eventually(() => stage.press('Pause'));
    stage.server.knowledge.progressNow = buildProgress({ paused: true });
    await eventually(() => expect(stage.control('Resume')).toBeDefined(), 6_000);
    expect(stage.text).toContain('Paused');
    stage.press('Resume');
    stage.server.knowledge.progressNow = buildProgress();
    await eventually(() => expect(stage.control('Pause')).toBeDefined(), 6_000);
    expect(asked('pause').concat(asked('resume'))).toEqual([`pause ${uuidOf(1)}`, `resume ${uuidOf(1)}`]);
  });

  it('cancels only after asking', async () => {
    await stage.open(address);
    await eventually(() => stage.press('Cancel'));
    await eventually(() => expect(document.querySelector('mat-dialog-container')?.textContent).toContain('what is published stays as it is'));
    expect(asked('cancel')).toEqual([]);
    [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-actions button')].find(({ textContent }) => textContent.trim() === 'Cancel the run')!.click();
    await eventually(() => expect(stage.text).toContain('Cancelled'));
  });

  it('takes the failed documents up again in a run of their own', async () => {
    stage.server.knowledge.runsKept = [buildIngestion({ counts: buildCounts({ discovered: 2, indexed: 1, failed: 1 }) })];
    await stage.open(address);
    await eventually(() => stage.press('Retry the 1 failed'));
    await eventually(() => expect(stage.url).toBe(`/console/corpora/ada-lovelace/runs/${uuidOf(301)}`));
    await eventually(() => expect(stage.text).toContain('Retry of what failed'));
  });

  it('tells of the run that took the failed ones up again', async () => {
    const counts = buildCounts({ discovered: 2, indexed: 1, failed: 1 });
    stage.server.knowledge.runsKept = [buildIngestion({ ingestionId: uuidOf(7), retryOf: uuidOf(1), trigger: 'retry' }), buildIngestion({ counts })];
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('What failed was taken up again by a later run: Completed.'));
    expect(stage.control('by a later run').getAttribute('href')).toBe(`/console/corpora/ada-lovelace/runs/${uuidOf(7)}`);
  });

  it('says that nothing is found yet, rather than none of none', async () => {
    stage.server.knowledge.progressNow = buildProgress({ stage: 'discovering', counts: buildCounts() });
    await stage.open(address);
    await eventually(() => expect(bar()).toBe('No document found yet'));
  });

  it('says which documents a cancelled run has not reached', async () => {
    stage.server.knowledge.runsKept = [buildIngestion({ status: 'cancelled', builtVersion: null, corpusVersion: null, counts: buildCounts({ discovered: 3, indexed: 1 }) })];
    stage.server.knowledge.documentsKept = [buildDocument({ documentId: 'document-3', title: 'Late', state: null, step: null, revisionId: null })];
    await stage.open(address);
    await eventually(() => expect(stage.rows.map(([title, state]) => `${title} ${state}`)).toEqual(['Late Not reached']));
    expect(stage.control('Not reached 2')).toBeDefined();
  });

  it('says why a run failed, and that nothing published was lost', async () => {
    stage.server.knowledge.runsKept = [buildIngestion({ status: 'failed', failure: 'Elasticsearch was out of reach.', builtVersion: null, corpusVersion: null })];
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('Elasticsearch was out of reach. What is published stays as it was.'));
  });

  it('leads on to a version that waits to be published', async () => {
    stage.server.knowledge.runsKept = [buildIngestion({ builtVersion: 3, corpusVersion: null, publish: 'manual' })];
    await stage.open(address);
    await eventually(() => expect(stage.control('Publish it').getAttribute('href')).toBe('/console/corpora/ada-lovelace/versions?move=3'));
  });

  it('filters the documents by the address', async () => {
    stage.server.knowledge.runsKept = [buildIngestion({ counts: buildCounts({ discovered: 2, indexed: 1, failed: 1 }) })];
    await stage.open(`${address}?state=failed&page=2`);
    await eventually(() => expect(asked('documents').at(-1)).toBe(`documents ${uuidOf(1)} {"state":"failed","limit":50,"offset":50}`));
    await eventually(() => expect(stage.rows.map(([title]) => title)).toEqual(['locked.pdfThe PDF is encrypted.']));
    stage.press('All 2');
    await eventually(() => expect(stage.rows).toHaveLength(2));
    expect(stage.url).toBe(address);
  });

  it('opens a failed document with its reason and every step that was tried', async () => {
    const at = '2026-01-01T10:00:00.000Z';
    stage.server.knowledge.detail = buildDocumentDetail({
      ...failed,
      timeline: [{ step: 'extract', attempt: 2, startedAt: at, endedAt: '2026-01-01T10:00:00.380Z', outcome: 'failed', note: 'It asks for a password.' }],
      workflowId: 'ingestion/1/document-2',
    });
    await stage.open(`${address}?document=document-2`);
    await eventually(() => expect(stage.page.querySelector('[role=dialog]')?.textContent).toContain('It asks for a password.'));
    const panel = stage.page.querySelector('[role=dialog]')!.textContent.replace(/\s+/g, ' ');
    expect(panel).toContain('The PDF is encrypted. encrypted');
    expect(panel).toContain('Extract the text, try 2380 ms');
    expect(stage.page.querySelector<HTMLAnchorElement>('[role=dialog] a[target=_blank]')?.href).toBe('http://temporal.example/namespaces/stage/workflows/ingestion%2F1%2Fdocument-2');
  });

  it('shows what a document says, with names and passages marked', async () => {
    await stage.open(`${address}?document=document-1`);
    await eventually(() => expect(stage.page.querySelector('.entity')?.textContent).toBe('Ada Lovelace'));
    expect(stage.text).toContain('English (98% sure)');
    stage.press('Passage 1');
    expect([...stage.page.querySelectorAll('.chosen-text')].map(({ textContent }) => textContent).join('')).toBe('Ada Lovelace wrote notes on an engine. It weaves.');
    expect(stage.control('Where it comes from').getAttribute('href')).toBe(`/console/passages/${'1'.repeat(32)}`);
  });

  it('shows what a language model wrote of a document as such', async () => {
    const { enrichment } = buildRevision();
    const described = { summary: ['Ada wrote notes.'], summarisedBy: 'anthropic/a', questions: [{ ordinal: 0, questions: ['What did Ada Lovelace write notes on?'] }] };
    stage.server.knowledge.revisionKept = { enrichment: { ...enrichment!, ...described } };
    await stage.open(`${address}?document=document-1`);
    await eventually(() => expect(stage.text).toContain('Ada wrote notes.Written by anthropic/a.'));
    expect(stage.text).not.toContain('What did Ada Lovelace write notes on?');
    stage.press('Passage 1');
    expect(stage.text).toContain('Answers, by anthropic/aWhat did Ada Lovelace write notes on?');
  });

  it('says why no language model has summarised a document', async () => {
    const { enrichment } = buildRevision();
    stage.server.knowledge.revisionKept = { enrichment: { ...enrichment!, modelFailure: { code: 'refused', reason: 'The provider declined to answer.' } } };
    await stage.open(`${address}?document=document-1`);
    await eventually(() => expect(stage.text).toContain('Sentences of the text. No language model has summarised it: The provider declined to answer. refused'));
  });

  it('is honest about a run that is not there', async () => {
    stage.server.knowledge.runsKept = [];
    await stage.open(address);
    await eventually(() => expect(stage.page.querySelector('[role=alert]')?.textContent).toContain('This run cannot be shown.'));
  });

  it('keeps what is shown when the server is out of reach for a while', async () => {
    await follow();
    await eventually(() => expect(stage.rows).toHaveLength(2));
    stage.server.failWith(new Problem('unreachable', 'The server cannot be reached.'));
    stage.server.feed.listener!.live(false);
    await eventually(() => expect(stage.text).toContain('What you see may be out of date.'), 6_000);
    expect(stage.rows).toHaveLength(2);
  });
});
