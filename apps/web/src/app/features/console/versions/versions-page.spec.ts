import { TestBed } from '@angular/core/testing';
import { Notifier } from '../../../core/notifier';
import { Problem } from '../../../core/problem';
import { buildConversation } from '../../../../testing/builders';
import { buildChange, buildVersion } from '../../../../testing/console-builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';

const address = '/console/corpora/ada-lovelace/versions';

describe('VersionsPage', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    const { corpus } = stage.server;
    corpus.versionsKept = [
      buildVersion(4, { status: 'built', publishedAt: null }),
      buildVersion(3, { status: 'published', note: 'With the letters' }),
      buildVersion(2),
      buildVersion(1, { status: 'collected' }),
    ];
    corpus.publishedVersion = 3;
    corpus.comparison = {
      personaId: 'ada-lovelace',
      documents: { added: 2, removed: 1, changed: 1, unchanged: 9 },
      passages: { added: 14, removed: 3, unchanged: 80 },
      items: [buildChange()],
      total: 1,
      limit: 50,
      offset: 0,
    };
  });

  const asked = (route: string) => stage.server.requests.filter((request) => request.startsWith(route));
  const submit = () => stage.page.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click();
  const states = () => stage.rows.filter((row) => row.length > 5).map(([version, state]) => `${version} ${state}`);
  const moves = () => [...stage.page.querySelectorAll('.row-actions')].map((cell) => (cell.querySelector('a')?.textContent ?? '').replace(/\s+/g, ' ').trim());

  it('tells each version’s state, and offers what can be done with it', async () => {
    await stage.open(address);
    await eventually(() => expect(states()).toEqual(['4 Waits', '3 PublishedWith the letters', '2 Retired', '1 Collected']));
    expect(moves()).toEqual(['Publish version 4', 'Contents of version 3', 'Roll back to version 2', 'Note of version 1']);
  });

  it('shows what publishing would change, and publishes with a note', async () => {
    await stage.open(`${address}?move=4`);
    await eventually(() => expect(stage.text).toContain('Publish version 4'));
    await eventually(() => expect(asked('compare')).toEqual(['compare 3 4']));
    stage.fill('Why', 'The letters are in');
    submit();
    await eventually(() => expect(asked('publish')).toEqual(['publish {"version":4,"note":"The letters are in"}']));
    await eventually(() => expect(states()[0]).toBe('4 Published'));
    expect(stage.url).toBe(address);
  });

  it('rolls back', async () => {
    await stage.open(`${address}?move=2`);
    await eventually(() => submit());
    await eventually(() => expect(asked('rollBack')).toEqual(['rollBack {"version":2}']));
    await eventually(() => expect(states()[2]).toBe('2 Published'));
  });

  it('says why a version was not published', async () => {
    await stage.open(`${address}?move=4`);
    await eventually(() => expect(stage.page.querySelector('[role=dialog] form')).not.toBeNull());
    stage.server.failWith(new Problem('corpus_check_failed', 'Three passages are missing in the index.', 409));
    submit();
    await eventually(() => expect(TestBed.inject(Notifier).notice()?.text).toBe('What was published stays published. Three passages are missing in the index.'));
  });

  it('offers no panel for a version that cannot be published', async () => {
    await stage.open(`${address}?move=1`);
    await eventually(() => expect(states()).toHaveLength(4));
    expect(stage.page.querySelector('[role=dialog]')).toBeNull();
  });

  it('changes what is noted beside a version, and takes it away', async () => {
    await stage.open(`${address}?note=3`);
    await eventually(() => expect(stage.field<HTMLTextAreaElement>('Note').value).toBe('With the letters'));
    stage.fill('Note', '  With the letters, and the diary ');
    submit();
    await eventually(() => expect(states()[1]).toBe('3 PublishedWith the letters, and the diary'));
    expect(stage.url).toBe(address);
    stage.press('Note of version 3');
    await eventually(() => expect(stage.field('Note').value).toBe('With the letters, and the diary'));
    stage.fill('Note', ' ');
    submit();
    await eventually(() => expect(states()[1]).toBe('3 Published'));
    expect(asked('annotate')).toEqual(['annotate 3 {"note":"With the letters, and the diary"}', 'annotate 3 {"note":null}']);
  });

  it('keeps what was typed when a note cannot be saved', async () => {
    await stage.open(`${address}?note=2`);
    await eventually(() => expect(stage.field('Note')).toBeDefined());
    stage.server.failWith(new Problem('unreachable', 'The server cannot be reached.'));
    stage.fill('Note', 'Before the letters');
    submit();
    await eventually(() => expect(TestBed.inject(Notifier).notice()?.text).toBe('The note was not saved. The server cannot be reached. Check the connection and try again.'));
    expect(stage.field<HTMLTextAreaElement>('Note').value).toBe('Before the letters');
  });

  it('pins a conversation of one’s own to a version, and lets it go', async () => {
    stage.server.corpus.conversationsKept = [buildConversation({ title: 'Looms' })];
    await stage.open(`${address}?pin=2`);
    await eventually(() => expect(stage.text).toContain('Pin to version 2'));
    await eventually(() => stage.press('Pin Looms'));
    await eventually(() => expect(stage.text).toContain('Pinned to version 2'));
    await eventually(() => stage.press('Let go of Looms'));
    await eventually(() => expect(stage.text).not.toContain('Pinned to version 2'));
    expect(asked('pin')).toEqual(['pin 2', 'pin null']);
  });

  it('offers no pin to a version whose passages are gone', async () => {
    await stage.open(`${address}?pin=1`);
    await eventually(() => expect(states()).toHaveLength(4));
    expect(stage.page.querySelector('[role=dialog]')).toBeNull();
    expect(() => stage.control('Pin a conversation to version 1')).toThrow();
    expect(stage.control('Pin a conversation to version 2').getAttribute('href')).toBe(`${address}?pin=2`);
  });

  it('compares the newest two unless others are chosen', async () => {
    await stage.open(address);
    await eventually(() => expect(stage.control('Compare').getAttribute('href')).toBe('/console/corpora/ada-lovelace/compare?from=3&to=4'));
    stage.fill('From version', '2');
    expect(stage.control('Compare').getAttribute('href')).toBe('/console/corpora/ada-lovelace/compare?from=2&to=4');
  });
});

describe('ComparePage', () => {
  it('compares a waiting version with what is published, and shows the words that changed', async () => {
    const stage = new ConsoleStage();
    const { corpus } = stage.server;
    corpus.versionsKept = [buildVersion(4, { status: 'built' }), buildVersion(3, { status: 'published' })];
    corpus.publishedVersion = 3;
    corpus.comparison = {
      personaId: 'ada-lovelace',
      documents: { added: 0, removed: 0, changed: 1, unchanged: 9 },
      passages: { added: 1, removed: 1, unchanged: 80 },
      items: [buildChange()],
      total: 1,
      limit: 50,
      offset: 0,
    };
    corpus.diff = {
      documentId: 'document-1',
      from: 3,
      to: 4,
      title: 'On weaving',
      parts: [
        { kind: 'removed', text: 'The engine weaves patterns.' },
        { kind: 'added', text: 'The engine weaves algebraic patterns.' },
      ],
      truncated: false,
    };
    await stage.open('/console/corpora/ada-lovelace/compare?to=4&document=document-1');
    await eventually(() => expect(stage.page.querySelector('ins')?.textContent?.trim()).toBe('algebraic'));
    expect(stage.page.querySelector('del')).toBeNull();
    expect(stage.server.requests).toContain('compare 3 4');
  });

  it('lists one kind of change, says how many there are of each, and keeps the choice in the address', async () => {
    const stage = new ConsoleStage();
    const { corpus } = stage.server;
    corpus.versionsKept = [buildVersion(2, { status: 'published' }), buildVersion(1)];
    corpus.publishedVersion = 2;
    corpus.comparison = {
      personaId: 'ada-lovelace',
      documents: { added: 1, removed: 0, changed: 1, unchanged: 9 },
      passages: { added: 1, removed: 1, unchanged: 80 },
      items: [buildChange({ title: 'Letters' }), buildChange({ documentId: 'document-2', kind: 'added', title: 'Notes' })],
      total: 2,
      limit: 50,
      offset: 0,
    };
    const at = '/console/corpora/ada-lovelace/compare?from=1&to=2';
    const choices = () => [...stage.page.querySelectorAll<HTMLAnchorElement>('[aria-label="Kind of change"] a')];
    const listed = () => [...stage.page.querySelectorAll('tbody .row-link')].map((link) => link.textContent?.trim());
    await stage.open(`${at}&kind=moved&page=2`);
    await eventually(() => expect(listed()).toEqual(['Letters', 'Notes']));
    expect(choices().map((link) => link.textContent?.replace(/\s+/g, ' ').trim())).toEqual(['All 2', 'Added 1', 'Removed 0', 'Changed 1']);

    choices()[1]!.click();
    await eventually(() => expect(listed()).toEqual(['Notes']));
    expect(stage.url).toBe(`${at}&kind=added`);
    expect(stage.server.requests).toContain('compare 1 2 added');

    choices()[2]!.click();
    await eventually(() => expect(stage.text).toContain('No document was removed between the two.'));
    expect(choices()[2]!.getAttribute('aria-current')).toBe('true');
  });
});
