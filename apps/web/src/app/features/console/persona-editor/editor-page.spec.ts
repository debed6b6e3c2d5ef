import { TestBed } from '@angular/core/testing';
import { buildPersona } from '../../../../testing/builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { Problem } from '../../../core/problem';
import { Confirm } from '../../../shared/confirm';
import { fieldsOf } from './profile-fields';

const kept = 'dramatis.persona-edit.ada-lovelace';

describe('the editor of a persona', () => {
  let stage: ConsoleStage;
  let answer: boolean;
  const requests = (): string[] => stage.server.personas.requests.filter((request) => !/^(persona|draft|versions)\b/.test(request));

  beforeEach(() => {
    localStorage.clear();
    stage = new ConsoleStage();
    answer = true;
    TestBed.overrideProvider(Confirm, { useValue: { ask: async () => answer } });
  });

  const open = async (query = ''): Promise<void> => {
    await stage.open(`/console/corpora/ada-lovelace/persona${query}`);
    await eventually(() => expect(stage.field('Name')).toBeDefined());
  };
  const ended = (words: string): Promise<void> => eventually(() => expect(stage.text).toContain(words));

  it('saves a draft of what was changed, and publishes that', async () => {
    await open();
    expect(stage.text).toContain('Published, version 1');
    stage.fill('Role', 'analyst');
    await ended('Not saved');
    stage.press('Save draft');
    await ended('Draft, version 2');
    expect(stage.server.personas.draftKept).toMatchObject({ role: 'analyst', tagline: 'She weaves with numbers.' });
    stage.press('Publish');
    await ended('Published, version 2');
    expect(requests()).toEqual(['saveDraft {"ifVersion":null,"baseVersion":1}', 'publishDraft 2']);
    expect(stage.server.personas.kept).toMatchObject({ role: 'analyst', version: 2 });
  });

  it('shows the card of the gallery as it would be', async () => {
    await open();
    stage.fill('One line of character', 'She counts stitches.');
    stage.fill('Questions to begin with', 'What is a stitch?\nAnd a card?');
    const card = stage.page.querySelector('dr-cast-entry')!;
    expect(card.textContent).toContain('She counts stitches.');
    expect(card.textContent).toContain('What is a stitch?');
  });

  it('does not send what the contract refuses, says where, and goes there', async () => {
    await open();
    stage.fill('Name', ' ');
    stage.fill('Traits', `exact\n${'x'.repeat(121)}`);
    stage.press('Save draft');
    await ended('Line 2: At most 120 characters.');
    expect(stage.text).toContain('This must not be empty.');
    await eventually(() => expect(document.activeElement ?? null).toBe(stage.field('Name')));
    expect(requests()).toEqual([]);
    stage.fill('Name', 'Ada');
    expect(stage.field('Name').getAttribute('aria-invalid')).toBeNull();
  });

  it('keeps what was not saved in this browser', async () => {
    await open();
    stage.fill('Role', 'analyst');
    await eventually(() => expect(localStorage.getItem(kept)).toContain('analyst'));
    stage.press('Save draft');
    await eventually(() => expect(localStorage.getItem(kept)).toBeNull());
  });

  it('brings back what was not saved', async () => {
    const fields = { ...fieldsOf(buildPersona()), role: 'analyst' };
    localStorage.setItem(kept, JSON.stringify({ fields, ifVersion: null, baseVersion: 1, at: '2026-01-03T10:00:00.000Z' }));
    await open();
    expect(stage.field('Role').value).toBe('analyst');
    expect(stage.text).toContain('These changes were not saved when you left');
    stage.press('Let them go');
    await eventually(() => expect(stage.field('Role').value).toBe('mathematician'));
    await eventually(() => expect(localStorage.getItem(kept)).toBeNull());
  });

  it('asks before it is left with something that was not saved', async () => {
    await open();
    stage.fill('Role', 'analyst');
    answer = false;
    stage.press('Sources');
    await eventually(() => expect(stage.url).toBe('/console/corpora/ada-lovelace/persona'));
    answer = true;
    stage.press('Sources');
    await eventually(() => expect(stage.url).toBe('/console/corpora/ada-lovelace/sources'));
  });

  describe('when two edit at once', () => {
    beforeEach(async () => {
      await open();
      stage.fill('Role', 'analyst');
      stage.server.personas.putDraft({ ...stage.server.personas.kept, tagline: 'Theirs.' });
      stage.press('Save draft');
      await ended('Somebody else saved a draft');
    });

    it('shows both sides, and loses neither', () => {
      expect(stage.page.querySelector('dr-conflict-panel')!.textContent).toContain('Theirs.');
      expect(stage.page.querySelector('dr-conflict-panel')!.textContent).toContain('analyst');
      expect(stage.server.personas.draftKept).toMatchObject({ tagline: 'Theirs.' });
      stage.press('Decide later');
      expect(stage.field('Role').value).toBe('analyst');
    });

    it('keeps mine, over theirs', async () => {
      stage.press('Keep mine');
      await ended('Draft, version 3');
      expect(requests().at(-1)).toBe('saveDraft {"ifVersion":2,"baseVersion":1}');
      expect(stage.server.personas.draftKept).toMatchObject({ role: 'analyst', tagline: 'She weaves with numbers.' });
    });

    it('takes theirs', async () => {
      stage.press('Take theirs');
      await eventually(() => expect(stage.field('One line of character').value).toBe('Theirs.'));
      expect(stage.field('Role').value).toBe('mathematician');
    });
  });

  it('does not publish over what was published meanwhile before that was looked at', async () => {
    await open();
    stage.fill('Role', 'analyst');
    stage.press('Save draft');
    await ended('Draft, version 2');
    const { personas } = stage.server;
    await personas.update('', { tagline: 'Published by another.' });
    stage.press('Publish');
    await ended('Somebody else published');
    expect(stage.page.querySelector('dr-conflict-panel')!.textContent).toContain('Published by another.');
    stage.press('Keep mine');
    await ended('Draft, version 4');
    stage.press('Publish');
    await ended('Published, version 4');
    expect(personas.kept.role).toBe('analyst');
  });

  it('discards a draft', async () => {
    stage.server.personas.putDraft({ ...stage.server.personas.kept, role: 'analyst' });
    await open();
    expect(stage.text).toContain('by Charles');
    stage.press('Discard draft');
    await ended('Published, version 1');
    expect(stage.field('Role').value).toBe('mathematician');
  });

  it('takes up what a former version says', async () => {
    stage.server.personas.versionsKept = [{ ...stage.server.personas.kept, version: 7, role: 'governess', publishedAt: null, savedAt: '2026-01-01T10:00:00.000Z', savedBy: null, restoredFrom: null }];
    await open('?from=7');
    expect(stage.field('Role').value).toBe('governess');
    expect(stage.text).toContain('Not saved');
  });

  it('makes a new persona, and goes on in its own page', async () => {
    await stage.open('/console/personas/new');
    await eventually(() => stage.fill('Name', 'Elias Thorne'));
    stage.fill('Who they are', 'A keeper.');
    stage.fill('Id in addresses', 'ada-lovelace');
    stage.press('Save draft');
    await eventually(() => expect(stage.url).toBe('/console/corpora/ada-lovelace/persona'));
    expect(requests()[0]).toMatch(/^create .*"status":"draft","personaId":"ada-lovelace"/);
    expect(Object.keys(localStorage).filter((key) => key.startsWith('dramatis.persona-edit'))).toEqual([]);
  });

  it('chooses modes with the one that begins first, and not none', async () => {
    await open();
    const begins = stage.field<HTMLSelectElement>('Begins as');
    begins.value = 'debater';
    begins.dispatchEvent(new Event('change'));
    stage.press('Save draft');
    await ended('Draft, version 2');
    expect(stage.server.personas.draftKept!.defaultInteractionModes).toEqual(['debater', 'educator']);
    for (const words of ['Educator', 'Debater']) {
      [...stage.page.querySelectorAll<HTMLLabelElement>('dr-mode-chooser label')].find((label) => label.textContent.includes(words))!.click();
      TestBed.tick();
    }
    stage.press('Save draft');
    await ended('Choose at least one.');
  });

  it('takes a picture, and says why it does not take another', async () => {
    await open();
    const field = stage.page.querySelector<HTMLInputElement>('#avatar-file')!;
    const choose = (): void => {
      Object.defineProperty(field, 'files', { configurable: true, value: [new File(['x'], 'ada.png', { type: 'image/png' })] });
      field.dispatchEvent(new Event('change'));
    };
    // The browser of these tests decodes no pictures: which side is longer stays unknown, and the middle is taken.
    const { Image } = window;
    window.Image = class extends Image {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('error')));
      }
    };
    choose();
    await eventually(() => expect(requests()).toContain('uploadAvatar {"x":0.5,"y":0.5}'));
    await ended('Not saved');
    stage.server.personas.avatar = new Problem('image_damaged', 'The picture is damaged.', 422);
    choose();
    await ended('The picture is damaged.');
    window.Image = Image;
  });

  it('says that it is archived, and brings it back', async () => {
    await open();
    stage.press('Archive');
    await eventually(() => expect(stage.control('Bring back')).toBeDefined());
    stage.press('Bring back');
    await eventually(() => expect(stage.control('Archive')).toBeDefined());
    expect(requests()).toEqual(['update {"status":"archived"}', 'update {"status":"active"}']);
  });
});
