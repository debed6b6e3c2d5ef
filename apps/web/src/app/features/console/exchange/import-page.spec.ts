import { TestBed } from '@angular/core/testing';
import { importNoteCode } from '@dramatis/contracts/persona-import';
import { buildImportPreview, uuidOf } from '../../../../testing/console-builders';
import { buildPersona } from '../../../../testing/builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { translate } from '../../../../testing/texts';
import { Notifier } from '../../../core/notifier';
import { Problem } from '../../../core/problem';
import { noteWords } from './note-words';

const address = '/console/personas/import';

describe('ImportPage', () => {
  let stage: ConsoleStage;

  beforeEach(async () => {
    stage = new ConsoleStage();
    await stage.open(address);
  });

  const asked = (route: string) => stage.server.requests.filter((request) => request.startsWith(route));

  /** Chooses files as a person does in the browser's own dialog. */
  async function choose(...names: string[]): Promise<void> {
    await eventually(() => expect(stage.page.querySelector('input[type=file]')).not.toBeNull());
    const field = stage.page.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(field, 'files', { value: names.map((name) => new File(['card'], name)), configurable: true });
    Object.defineProperty(field, 'value', { value: '', writable: true });
    field.dispatchEvent(new Event('change'));
    TestBed.tick();
  }

  it('shows what a card would become, and what is kept, left out and to know', async () => {
    await choose('mira.png');
    await eventually(() => expect(stage.text).toContain('Mira Voss'));
    for (const words of [
      'Character card, version 2, by towerkeeper, version 1.4',
      'with the id mira-voss',
      'Keeps the clock tower of Hallin.',
      'patient; dry',
      '1 exchange',
      'Instructions of the card’s author are taken as how the persona speaks.',
      'Description: longer than a persona’s field',
      '3 pictures, sounds or other assets',
      'extensions/depth_prompt',
      'The tower',
    ]) {
      expect(stage.text).toContain(words);
    }
    expect(asked('import ')).toEqual([]);
  });

  it('makes the draft with what the card tells, and goes to its run', async () => {
    stage.server.exchange.ingestion = { ingestionId: uuidOf(300), personaId: 'mira-voss', workflowId: 'w' };
    await choose('mira.png');
    await eventually(() => stage.press('Make the draft'));
    await eventually(() => expect(stage.url).toBe(`/console/corpora/mira-voss/runs/${uuidOf(300)}`));
    const [request] = asked('import mira.png');
    expect(JSON.parse(request!.slice('import mira.png '.length))).toEqual({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), knowledge: true });
    expect(TestBed.inject(Notifier).notice()?.text).toBe('Mira Voss is here as a draft.');
  });

  it('makes no source when none is wanted, and repeats a request under its id', async () => {
    await choose('mira.png');
    await eventually(() => expect(stage.page.querySelector('input[type=checkbox]')).not.toBeNull());
    const wanted = stage.page.querySelector<HTMLInputElement>('input[type=checkbox]')!;
    wanted.click();
    TestBed.tick();
    stage.server.failWith(new Problem('workflow_service_unavailable', 'Out of reach.', 503));
    stage.press('Make the draft');
    await eventually(() => expect(stage.page.querySelector('[role=alert]')?.textContent).toContain('The persona was not made.'));
    stage.server.failWith(null);
    stage.press('Make the draft');
    await eventually(() => expect(asked('import ')).toHaveLength(2));
    const [first, second] = asked('import ');
    expect(second).toBe(first);
    expect(first).toContain('"knowledge":false');
    await eventually(() => expect(stage.url).toContain('/console/corpora/mira-voss'));
  });

  it('says what the server found wrong with a file, and takes another', async () => {
    stage.server.failWith(new Problem('import_damaged', 'The picture is cut off.', 422, { type: 't', title: 't', status: 422, code: 'import_damaged', detail: 'The picture is cut off.' }));
    await choose('cut.png');
    await eventually(() => expect(stage.page.querySelector('[role=alert]')?.textContent).toContain('The picture is cut off.'));
    expect(stage.text).not.toContain('Make the draft');
    stage.server.failWith(null);
    stage.press('Choose another file');
    await choose('mira.png');
    await eventually(() => expect(stage.text).toContain('Make the draft'));
  });

  it('takes one file at a time', async () => {
    await choose('one.png', 'two.png');
    expect(stage.page.querySelector('[role=alert]')?.textContent).toBe('Drop one file at a time.');
    expect(asked('previewImport')).toEqual([]);
  });

  it('shows the corpus of a bundle, and what of it comes along', async () => {
    stage.server.exchange.previewed = buildImportPreview({
      format: 'bundle',
      container: 'zip',
      author: null,
      kept: [],
      knowledge: null,
      corpus: { corpusVersion: 3, embedder: 'builtin', documents: 12, brought: 10, sources: [{ name: 'Papers', kind: 'upload', documents: 10 }, { name: 'Essays', kind: 'site', documents: 2 }] },
      notes: [{ code: 'documents_not_in_bundle', count: 2 }, { code: 'web_sources_wait' }],
    });
    await choose('mira.dramatis.zip');
    await eventually(() => expect(stage.rows).toEqual([['Papers', 'Files', '10'], ['Essays', 'Site', '2']]));
    expect(stage.text).toContain('The bundle holds 10 of 12 documents.');
    expect(stage.text).toContain('2 documents are listed but not in the bundle.');
    expect(stage.page.querySelector('input[type=checkbox]')).toBeNull();
  });

  it('has words for everything that an importer may say', () => {
    const t = translate();
    for (const code of importNoteCode.options) expect(noteWords({ code, field: 'name', count: 2 }, t)).toMatch(/^[A-Z0-9].*\.$/);
  });
});

describe('ExportMenu', () => {
  const { click } = HTMLAnchorElement.prototype;
  afterEach(() => void (HTMLAnchorElement.prototype.click = click));

  const item = (words: string) => [...document.querySelectorAll<HTMLButtonElement>('[mat-menu-item]')].find(({ textContent }) => textContent.includes(words))!;
  let stage: ConsoleStage;
  let saved: string[];
  beforeEach(() => {
    stage = new ConsoleStage();
    saved = [];
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this.download);
    };
  });
  const asked = () => stage.server.requests.filter((request) => request.startsWith('export '));
  const open = async (): Promise<void> => {
    await stage.open('/console/corpora/ada-lovelace/sources');
    await eventually(() => stage.press('Export this persona'));
  };

  it('saves the persona as what was chosen, under its name', async () => {
    await open();
    await eventually(() => expect(item('There is no draft').disabled).toBe(true));
    item('As published, version 1').click();
    await eventually(() => item('Bundle with the documents').click());
    await eventually(() => expect(asked()).toEqual(['export ada-lovelace published bundle true']));
    await eventually(() => expect(saved).toEqual(['ada-lovelace.dramatis.zip']));
  });

  it('saves the draft, also one that was saved since the page was opened', async () => {
    await stage.open('/console/corpora/ada-lovelace/sources');
    await eventually(() => expect(stage.control('Export this persona')).toBeDefined());
    stage.server.personas.putDraft({ ...stage.server.personas.kept, role: 'analyst' });
    stage.press('Export this persona');
    await eventually(() => expect(item('The draft, version 2')?.disabled).toBe(false));
    item('The draft, version 2').click();
    await eventually(() => item('Character card, as JSON (V3)').click());
    await eventually(() => expect(asked()).toEqual(['export ada-lovelace draft card-v3 false']));
    await eventually(() => expect(saved).toEqual(['ada-lovelace.draft.card.json']));
  });

  it('has the draft of a persona that was never published', async () => {
    stage.server.knowledge.personasKept = [buildPersona({ status: 'draft' })];
    await open();
    await eventually(() => expect(item('The draft, version 1').disabled).toBe(false));
    expect(item('Not published yet').disabled).toBe(true);
  });
});
