import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { Notifier } from '../../../core/notifier';
import { buildIngestion, buildSource, uuidOf } from '../../../../testing/console-builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { Problem } from '../../../core/problem';

const address = '/console/corpora/ada-lovelace/sources';
const site = buildSource({
  sourceId: uuidOf(101),
  name: 'Essays',
  kind: 'site',
  settings: { urls: ['https://example.org/'], depth: 2, maxPages: 40, hosts: [], include: [], exclude: ['**/print/**'] },
  schedule: { kind: 'interval', everyMinutes: 1_440 },
});

describe('SourcesPage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.knowledge.sourcesKept = [buildSource(), site];
  });

  const asked = (route: string) => stage.server.requests.filter((request) => request.startsWith(route));

  it('lists the sources with what each is, and how its last run went', async () => {
    stage.server.knowledge.sourcesKept[0] = buildSource({ lastIngestion: buildIngestion({ status: 'failed' }) });
    await stage.open(address);
    await eventually(() => expect(stage.rows).toHaveLength(2));
    expect(stage.rows[0]!.slice(0, 3)).toEqual(['Letters1 text', 'Pasted text', '1']);
    expect(stage.rows[0]![4]).toContain('Failed');
    expect(stage.rows[1]).toEqual(['Essayshttps://example.org/', 'Site', '1', 'Every day', 'Never run', 'Run']);
  });

  it('makes a source of pasted texts, titled by their first words, and runs it', async () => {
    await stage.open(`${address}?add=text`);
    await eventually(() => stage.fill('Text', '# On weaving\nThe engine weaves.'));
    stage.press('Add and run');
    await eventually(() => expect(stage.url).toBe(`/console/corpora/ada-lovelace/runs/${uuidOf(300)}`));
    const [created] = asked('createSource');
    expect(JSON.parse(created!.slice('createSource '.length))).toEqual({
      kind: 'text',
      personaId: 'ada-lovelace',
      publish: 'automatic',
      name: 'On weaving',
      documents: [{ title: 'On weaving', text: '# On weaving\nThe engine weaves.', contentType: 'text/plain' }],
    });
    expect(asked('ingest ')).toEqual([`ingest ${uuidOf(200)}`]);
  });

  it('keeps a text that was not sent, however its form was left', async () => {
    await stage.open(`${address}?add=text`);
    await eventually(() => stage.fill('Text', 'A long text'));
    stage.fill('Name of the source', 'Long texts');
    stage.press('Close the panel');
    await eventually(() => expect(stage.page.querySelector('dr-add-source')).toBeNull());
    await TestBed.inject(Router).navigateByUrl(`${address}?add=text`);
    await eventually(() => expect(stage.field('Text').value).toBe('A long text'));
    await eventually(() => expect(stage.field('Name of the source').value).toBe('Long texts'));
    expect(stage.text).toContain('What you typed here and did not save is back.');
    stage.press('Add only');
    await eventually(() => expect(asked('createSource')).toHaveLength(1));
    await eventually(() => expect(Object.keys(localStorage).filter((key) => key.startsWith('dramatis.form.'))).toEqual([]));
  });

  it('sends nothing while there is nothing to send, and says what is missing', async () => {
    await stage.open(`${address}?add=text`);
    await eventually(() => expect(stage.text).toContain('Paste a text first.'));
    stage.press('Add and run');
    expect(asked('createSource')).toEqual([]);
  });

  it('takes the good files of an upload, and says what is wrong with the bad one', async () => {
    await stage.open(`${address}?add=upload`);
    await eventually(() => expect(stage.page.querySelector('input[type=file]')).not.toBeNull());
    const field = stage.page.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(field, 'files', { value: [new File(['words'], 'good.txt'), new File(['\0\0'], 'bad.txt')] });
    Object.defineProperty(field, 'value', { value: '', writable: true });
    field.dispatchEvent(new Event('change'));
    TestBed.tick();
    expect(stage.text).toContain('2 files still on the way.');
    stage.server.files.decline('bad.txt', 'It is named as a text but is not one.');
    stage.server.files.accept('good.txt');
    await eventually(() => expect(stage.text).toContain('It is named as a text but is not one.'));
    stage.press('Add only');
    await eventually(() => expect(asked('createSource')).toHaveLength(1));
    expect(asked('createSource')[0]).toContain('"name":"good.txt"');
    await eventually(() => expect(stage.url).toBe(address));
    expect(asked('ingest ')).toEqual([]);
  });

  it('keeps the form, and says why, when the server does not take it', async () => {
    await stage.open(`${address}?add=site`);
    await eventually(() => stage.fill('Where to begin', 'https://example.org/'));
    const document = { type: 't', title: 't', status: 400, code: 'invalid_request', detail: 'The request is not valid.', issues: [{ path: 'settings/urls/0', message: 'must be an address' }] };
    stage.server.failWith(new Problem('invalid_request', document.detail, 400, document));
    stage.press('Add only');
    await eventually(() => expect(stage.page.querySelector('[role=alert]')?.textContent).toContain('Address 1 must be an address'));
    expect(stage.field<HTMLTextAreaElement>('Where to begin').value).toBe('https://example.org/');
  });

  it('changes what a site fetches, and when it comes again', async () => {
    await stage.open(`${address}?source=${site.sourceId}`);
    await eventually(() => expect(stage.field<HTMLTextAreaElement>('Never these paths').value).toBe('**/print/**'));
    stage.fill('Pages, at most', '60');
    stage.fill('Comes again', '');
    stage.press('Save');
    await eventually(() => expect(asked('updateSource')).toHaveLength(1));
    expect(JSON.parse(asked('updateSource')[0]!.replace(/^\S+ \S+ /, ''))).toMatchObject({ schedule: null, settings: { urls: ['https://example.org/'], maxPages: 60, exclude: ['**/print/**'] } });
  });

  it('deletes a source only after asking', async () => {
    await stage.open(`${address}?source=${uuidOf(100)}`);
    await eventually(() => stage.press('Delete'));
    await eventually(() => expect(document.querySelector('mat-dialog-container')?.textContent).toContain('Delete “Letters”?'));
    expect(asked('deleteSource')).toEqual([]);
    [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-actions button')].find(({ textContent }) => textContent.trim() === 'Delete')!.click();
    await eventually(() => expect(asked('deleteSource')).toEqual([`deleteSource ${uuidOf(100)}`]));
    await eventually(() => expect(stage.rows).toHaveLength(1));
  });

  it('says why a run does not begin', async () => {
    await stage.open(address);
    await eventually(() => expect(stage.rows).toHaveLength(2));
    stage.server.failWith(new Problem('ingestion_in_progress', 'Another run of this persona is at work.', 409));
    stage.press('Run Letters');
    await eventually(() => expect(TestBed.inject(Notifier).notice()?.text).toBe('“Letters” was not started. Another run of this persona is at work.'));
    expect(stage.url).toBe(address);
  });

  it('closes the panel with Escape', async () => {
    await stage.open(`${address}?source=${uuidOf(100)}`);
    await eventually(() => expect(stage.page.querySelector('[role=dialog]')).not.toBeNull());
    stage.page.querySelector('[role=dialog]')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await eventually(() => expect(stage.url).toBe(address));
    expect(stage.page.querySelector('[role=dialog]')).toBeNull();
  });

  it('says when there is nothing yet', async () => {
    stage.server.knowledge.sourcesKept = [];
    await stage.open(address);
    await eventually(() => expect(stage.text).toContain('Nothing to read yet.'));
  });
});
