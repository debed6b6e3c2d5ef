import { TestBed } from '@angular/core/testing';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import { buildPersona } from '../../../../testing/builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';
import { Confirm } from '../../../shared/confirm';

const at = '2026-01-01T10:00:00.000Z';

function version(number: number, changes: Partial<PersonaVersion> = {}): PersonaVersion {
  const { corpus: _, creationDate: __, lastModifiedDate: ___, ...profile } = buildPersona();
  const savedBy = { kind: 'account', id: '1', name: 'Mary' } as const;
  return { ...profile, version: number, publishedAt: at, savedAt: at, savedBy, restoredFrom: null, ...changes };
}

describe('versions of a persona', () => {
  let stage: ConsoleStage;

  beforeEach(() => {
    stage = new ConsoleStage();
    TestBed.overrideProvider(Confirm, { useValue: { ask: async () => true } });
    const { personas, knowledge } = stage.server;
    personas.kept = buildPersona({ version: 4 });
    knowledge.personasKept = [personas.kept];
    personas.versionsKept = [
      version(5, { status: 'draft', publishedAt: null, savedBy: { kind: 'account', id: '2', name: null } }),
      version(4, { restoredFrom: 1, savedBy: { kind: 'operator', id: null, name: null } }),
      version(3, { status: 'draft', publishedAt: null }),
      version(1, { description: 'She wrote notes.' }),
    ];
    personas.draftKept = { ...personas.versionsKept[0]!, baseVersion: 4, publishedVersion: 4, savedBy: { kind: 'account', id: '2', name: null } };
  });

  const open = async (path: string): Promise<void> => {
    await stage.open(`/console/corpora/ada-lovelace/${path}`);
    await eventually(() => expect(stage.text).toContain('version 4'));
  };

  it('says of each what it is and who saved it; drafts that nobody published only when asked', async () => {
    await open('persona-versions');
    await eventually(() => expect(stage.rows).toHaveLength(3));
    expect(stage.rows.map(([number, state]) => [number, state])).toEqual([['5', 'Draft'], ['4', 'PublishedRestored from version 1'], ['1', 'Former']]);
    expect(stage.rows.map(([, , saved]) => saved)).toEqual([expect.stringContaining('a former account'), expect.stringContaining('with the operator token'), expect.stringContaining('Mary')]);
    stage.page.querySelector<HTMLInputElement>('input[type=checkbox]')!.click();
    await eventually(() => expect(stage.rows.map(([number]) => number)).toEqual(['5', '4', '3', '1']));
  });

  it('restores one, over what is published now', async () => {
    await open('persona-versions');
    await eventually(() => stage.press('Restore version 1'));
    await eventually(() => expect(stage.server.personas.requests).toContain('restore {"version":1,"ifVersion":4}'));
  });

  it('compares two, field by field', async () => {
    await open('persona-compare?from=1&to=4');
    await eventually(() => expect(stage.page.querySelectorAll('dr-field-differences section')).toHaveLength(1));
    const [change] = stage.page.querySelectorAll('dr-field-differences section');
    expect(change!.querySelector('h3')!.textContent).toBe('Who they are');
    expect(change!.querySelector('ins')!.textContent.trim()).toBe('notes on an engine.');
    const to = stage.field<HTMLSelectElement>('to');
    to.value = '1';
    to.dispatchEvent(new Event('change'));
    await eventually(() => expect(stage.text).toContain('They say the same.'));
    expect(stage.url).toContain('from=1&to=1');
  });
});
