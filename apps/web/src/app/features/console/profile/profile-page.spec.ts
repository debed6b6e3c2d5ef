import { buildPersona } from '../../../../testing/builders';
import { buildVersion } from '../../../../testing/console-builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';

const address = '/console/corpora/ada-lovelace/overview';

describe('ProfilePage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.corpus.versionsKept = [buildVersion(1, { status: 'published' })];
    stage.server.corpus.publishedVersion = 1;
  });

  it('says what the published version is about', async () => {
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('The engine weaves.'));
    expect(stage.rows[0]).toEqual(['loomsloom, cards', '7', '']);
    expect(stage.text).toContain('40% of the documents');
    expect(stage.text).toContain('French1 document, 10%');
    expect(stage.control('looms').getAttribute('href')).toBe('/console/corpora/ada-lovelace/search?q=loom%20cards&topics=looms');
  });

  it('says who wrote the summary, and when a language model could not', async () => {
    stage.server.corpus.profileKept = { summarisedBy: 'anthropic/a', modelFailure: { code: 'rate_limited', reason: 'The provider asked to be called less often.' } };
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('The engine weaves.Written by anthropic/a.'));
    expect(stage.text).not.toContain('In its own words');
    expect(stage.text).toContain('No language model has described this version: The provider asked to be called less often. rate_limited');
  });

  it('waits for a profile that is being computed, and can have it computed', async () => {
    stage.server.corpus.versionsKept = [buildVersion(1, { status: 'published', profiled: false })];
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('What version 1 is about is being computed'));
    stage.press('Have it computed now');
    await eventually(() => expect(stage.server.requests).toContain('computeProfile 1'));
    stage.server.corpus.versionsKept = [buildVersion(1, { status: 'published' })];
    await eventually(() => expect(stage.text).toContain('The engine weaves.'), 8_000);
  });

  it('says when nothing is published', async () => {
    stage.server.knowledge.personasKept = [buildPersona({ corpus: { corpusVersion: 0, documents: 0, passages: 0, updatedAt: null } })];
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('Nothing is published yet.'));
  });

  it('switches the embedder only after asking, and shows how far the switch is', async () => {
    await stage.open(address);
    await eventually(() => stage.press('Switch'));
    await eventually(() => expect(document.querySelector('mat-dialog-container')?.textContent).toContain('The former one serves until that is done'));
    [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-actions button')].find(({ textContent }) => textContent.trim() === 'Switch')!.click();
    await eventually(() => expect(stage.text).toContain('3 of 12 passages'));
    expect(stage.server.requests).toContain('switchEmbedder ollama/nomic/768');
  });
});
