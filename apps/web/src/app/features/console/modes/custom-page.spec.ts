import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { CreateCustomFormat, CustomFormat, TryFormat, UpdateCustomFormat } from '@dramatis/contracts/custom-format';
import type { CreateCustomMode, CustomMode, TryMode, UpdateCustomMode } from '@dramatis/contracts/custom-mode';
import type { StartedTrial } from '@dramatis/contracts/custom-trial';
import type { Persona, PersonaQuery } from '@dramatis/contracts/persona';
import { of } from 'rxjs';
import { ConsoleStage } from '../../../../testing/console-stage';
import { buildPersona } from '../../../../testing/builders';
import { eventually } from '../../../../testing/eventually';
import { FakeTurnTransport } from '../../../../testing/fake-turn-transport';
import { buildProvenance, buildTurn, turnId } from '../../../../testing/turn-events';
import { ApiClient } from '../../../core/api-client';
import { Problem } from '../../../core/problem';
import { TURN_EVENT_TRANSPORTS } from '../../../core/turns/turn-events-port';
import { CustomsApi } from '../api/customs-api';

const at = '2026-01-01T10:00:00.000Z';
const kept = { status: 'draft', version: 1, createdAt: at, updatedAt: at } as const;
const words = { label: { en: 'Devil’s advocate' }, phrase: { en: 'a devil’s advocate' }, description: { en: 'Takes the other side' }, instructions: 'Take the other side.' };

/** The API's routes over lists in memory. */
class FakeCustomsApi {
  modesKept: CustomMode[] = [{ ...words, modeId: 'custom.advocate', base: 'debater', rules: { question: 'ends', maxWords: 90 }, ...kept }];
  formatsKept: CustomFormat[] = [];
  readonly tried: (TryMode | TryFormat)[] = [];
  readonly sent: unknown[] = [];
  trouble: Problem | null = null;

  modes = async () => ({ items: this.modesKept });
  formats = async () => ({ items: this.formatsKept });
  mode = async (id: string) => this.modesKept.find(({ modeId }) => modeId === id)!;
  format = async (id: string) => this.formatsKept.find(({ formatId }) => formatId === id)!;
  modeVersions = async () => [{ ...this.modesKept[0]!, instructions: 'As it was.', version: 1, savedAt: at }];
  formatVersions = async () => [];

  async createMode({ status, ...body }: CreateCustomMode) {
    this.sent.push(body);
    if (this.trouble) throw this.trouble;
    this.modesKept.push({ ...body, modeId: 'custom.made', ...kept, status });
    return this.modesKept.at(-1)!;
  }

  async updateMode(id: string, { ifVersion: _, phrase, ...body }: UpdateCustomMode) {
    this.sent.push(body);
    if (this.trouble) throw this.trouble;
    const changed = { ...(await this.mode(id)), ...body, ...(phrase ? { phrase } : {}), version: 2 };
    this.modesKept = [changed];
    return changed;
  }

  async createFormat({ status, ...body }: CreateCustomFormat) {
    this.sent.push(body);
    this.formatsKept.push({ ...body, formatId: 'custom.made', ...kept, status });
    return this.formatsKept.at(-1)!;
  }

  updateFormat = async (_id: string, _body: UpdateCustomFormat) => this.formatsKept[0]!;

  private started(): StartedTrial {
    return { turnId, conversationId: buildTurn().conversationId, workflowId: 'turn/c/r', queued: false, customs: { format: { version: 1, label: { en: 'Own' }, base: 'bullet_points' } } };
  }

  tryMode = async (body: TryMode) => (this.tried.push(body), this.started());
  tryFormat = async (body: TryFormat) => (this.tried.push(body), this.started());
}

describe('the console’s modes and formats', () => {
  let stage: ConsoleStage;
  let api: FakeCustomsApi;
  let transport: FakeTurnTransport;
  let agrees: boolean;
  let cast: Persona[];
  let searches: string[];

  beforeEach(() => {
    stage = new ConsoleStage();
    api = new FakeCustomsApi();
    transport = new FakeTurnTransport();
    agrees = true;
    cast = [buildPersona()];
    searches = [];
    const client = {
      service: async () => ({ version: '0', providers: [] }),
      personas: async ({ search = '' }: Partial<PersonaQuery>) => {
        searches.push(search);
        const items = cast.filter((persona) => JSON.stringify(persona).toLowerCase().includes(search.toLowerCase()));
        return { items, total: items.length, limit: 20, offset: 0 };
      },
      turn: async () => buildTurn({ format: 'custom.trial-x' }),
      modes: async () => ({ items: [] }),
      formats: async () => ({ items: [] }),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: CustomsApi, useValue: api },
        { provide: ApiClient, useValue: client },
        { provide: TURN_EVENT_TRANSPORTS, useValue: [transport] },
        { provide: MatDialog, useValue: { open: () => ({ afterClosed: () => of(agrees) }) } },
      ],
    });
  });

  it('lists them with what they build on', async () => {
    api.formatsKept = [{ ...words, label: { en: 'Recipe' }, formatId: 'custom.recipe', shape: { kind: 'schema', schema: { type: 'object', properties: { a: { type: 'string' } } } }, ...kept, status: 'active' }];
    await stage.open('/console/modes');
    await eventually(() => expect(stage.rows).toHaveLength(2));
    expect(stage.rows[0]).toEqual([expect.stringContaining('Devil’s advocate'), 'Debater', 'draft', '1', expect.any(String)]);
    expect(stage.rows[1]).toEqual([expect.stringContaining('Recipe'), 'JSON schema', 'active', '1', expect.any(String)]);
  });

  it('makes a mode with rules, and goes to it', async () => {
    await stage.open('/console/modes/new');
    await eventually(() => expect(stage.text).toContain('New mode'));
    stage.press('Save as a draft');
    expect(api.sent).toEqual([]);
    stage.fill('Name', 'Contrarian');
    stage.press('Save as a draft');
    await eventually(() => expect(stage.text).toContain('Name, description and instructions are needed'));
    stage.fill('What readers can expect', 'Says no');
    stage.fill('What to do', 'Say no.');
    stage.fill('Questions', 'none');
    stage.fill('Most words', '40');
    stage.fill('Never says', 'of course\nsurely');
    stage.press('Save as a draft');
    await eventually(() => expect(stage.url).toBe('/console/modes/made'));
    expect(api.sent).toEqual([
      {
        label: { en: 'Contrarian' },
        description: { en: 'Says no' },
        instructions: 'Say no.',
        base: null,
        rules: { question: 'none', maxWords: 40, avoids: ['of course', 'surely'] },
      },
    ]);
  });

  it('keeps what was changed and not saved, and says so when it is back', async () => {
    await stage.open('/console/modes/advocate');
    await eventually(() => expect(stage.field('What to do').value).toBe('Take the other side.'));
    stage.fill('What to do', 'Take both sides.');
    await TestBed.inject(Router).navigateByUrl('/console/modes');
    await TestBed.inject(Router).navigateByUrl('/console/modes/advocate');
    await eventually(() => expect(stage.field('What to do').value).toBe('Take both sides.'));
    stage.press('Let it go');
    expect(stage.field('What to do').value).toBe('Take the other side.');
    expect(Object.keys(localStorage).filter((key) => key.startsWith('dramatis.form.'))).toEqual([]);
  });

  it('calls nothing a new mode that is being fetched', async () => {
    api.mode = () => new Promise(() => undefined);
    await stage.open('/console/modes/advocate');
    expect(stage.page.querySelector('h1')?.textContent).toBe('Modes and formats');
  });

  it('shows only rules that the grammar knows, and tells what is wrong with a schema by line', async () => {
    await stage.open('/console/formats/new');
    await eventually(() => expect(stage.text).toContain('Written like'));
    stage.fill('Written like', 'essay');
    await eventually(() => expect(stage.field('Sections')).toBeTruthy());
    expect(() => stage.field('Most items')).toThrow();
    stage.fill('Written like', 'bullet_points');
    await eventually(() => expect(stage.field('Most items')).toBeTruthy());
    stage.page.querySelectorAll<HTMLInputElement>('input[name="kind"]')[1]!.click();
    await eventually(() => expect(stage.field<HTMLTextAreaElement>('JSON schema').value).toContain('"summary"'));
    stage.fill('JSON schema', '{\n  "type": "object",\n  "properties": { "a": { "$ref": "https://example.org" } }\n}');
    await eventually(() => expect(stage.text).toMatch(/Line 3 References are not followed/));
    expect(stage.field('JSON schema').getAttribute('aria-invalid')).toBe('true');
  });

  it('has a persona answer in what stands in the editor, and shows the verdicts', async () => {
    await stage.open('/console/modes/advocate');
    await eventually(() => expect(stage.field<HTMLTextAreaElement>('What to do').value).toBe('Take the other side.'));
    stage.fill('What to do', 'Agree with everything.');
    stage.fill('Question', 'Why?');
    stage.press('Hear it');
    await eventually(() => expect(transport.subscriptions).toHaveLength(1));
    expect(api.tried).toEqual([expect.objectContaining({ personaId: 'ada-lovelace', question: 'Why?', definition: expect.objectContaining({ instructions: 'Agree with everything.', base: 'debater', rules: { question: 'ends', maxWords: 90 } }) })]);
    expect(api.sent).toEqual([]);
    transport.opens();
    transport.sends({ id: 1, turnId, at, type: 'attempt', attempt: 1, provider: 'p', model: 'm', builtIn: false }, { id: 2, turnId, at, type: 'delta', attempt: 1, text: '- One [1].\n- Two.' });
    await eventually(() => expect([...stage.page.querySelectorAll('.points li')].map((item) => item.textContent?.trim().slice(0, 3))).toEqual(['One', 'Two']));
    const verdicts = { formatVerdict: { satisfied: true, violations: [], repairs: [] }, modeVerdict: { satisfied: false, violations: [{ rule: 'custom.ends_with_question', message: 'End with a question.' }], repairs: [] } };
    transport.sends({ id: 3, turnId, at, type: 'completed', turn: buildTurn({ format: 'custom.trial-x', status: 'completed', replyText: '- One.\n- Two.', provenance: buildProvenance({ ...verdicts, builtIn: false }) }) });
    await eventually(() => expect(stage.text).toMatch(/Breaks the mode ?End with a question\./));
    expect(stage.text).toContain('Keeps to the format');
  });

  it('has the server search for who answers, and keeps the question that was written', async () => {
    cast = [
      buildPersona(),
      buildPersona({ personaId: 'mary', name: 'Mary', role: 'novelist', starterQuestions: ['What is a monster?'] }),
      buildPersona({ personaId: 'mary-2', name: 'Mary', role: 'writer on rights', starterQuestions: ['What is a right?'] }),
      buildPersona({ personaId: 'gone', name: 'Gone', status: 'archived' }),
    ];
    const type = (text: string): void => {
      stage.field('Persona').value = text;
      stage.field('Persona').dispatchEvent(new Event('input'));
      TestBed.tick();
    };
    const offered = () => [...stage.page.querySelectorAll<HTMLOptionElement>('#trial-personas option')].map(({ value }) => value);
    const question = () => stage.field<HTMLTextAreaElement>('Question').value;
    const hears = () => stage.control('Hear it').getAttribute('aria-disabled') === null;
    await stage.open('/console/modes/advocate');
    await eventually(() => expect(stage.field('Persona').value).toBe('Ada Lovelace'));
    expect(offered()).toEqual(['Ada Lovelace', 'Mary (mary)', 'Mary (mary-2)']);
    expect(question()).toBe('What is the engine?');
    for (const text of ['m', 'ma', 'mary']) type(text);
    expect(hears()).toBe(false);
    await eventually(() => expect(stage.text).toContain('Choose one of those found: Mary (mary), Mary (mary-2).'));
    expect(searches).toEqual(['', 'mary']);
    type('Mary (mary-2)');
    expect(question()).toBe('What is a right?');
    type('monster');
    await eventually(() => expect(stage.text).toContain('Mary answers.'));
    expect(question()).toBe('What is a monster?');
    stage.fill('Question', 'Why?');
    type('nobody at all');
    await eventually(() => expect(stage.text).toContain('Nobody is found by that.'));
    expect(question()).toBe('Why?');
    expect(hears()).toBe(false);
    type('Ada');
    await eventually(() => expect(hears()).toBe(true));
    stage.press('Hear it');
    await eventually(() => expect(api.tried).toEqual([expect.objectContaining({ personaId: 'ada-lovelace', question: 'Why?' })]));
  });

  it('asks before what is not saved is left, takes an earlier version, and keeps what was typed when saving fails', async () => {
    await stage.open('/console/modes/advocate');
    await eventually(() => expect(stage.text).toContain('Version 1'));
    stage.press('Take version 1 into the editor');
    await eventually(() => expect(stage.field<HTMLTextAreaElement>('What to do').value).toBe('As it was.'));
    agrees = false;
    stage.press('Modes and formats');
    await eventually(() => expect(stage.url).toBe('/console/modes/advocate'));
    api.trouble = new Problem('mode_changed', 'The mode was changed by somebody else.', 409);
    stage.press('Save');
    await eventually(() => expect(stage.text).toContain('The mode was changed by somebody else.'));
    expect(stage.field<HTMLTextAreaElement>('What to do').value).toBe('As it was.');
    api.trouble = null;
    stage.press('Save');
    await eventually(() => expect(stage.text).toContain('version 2'));
    stage.press('Activate');
    await eventually(() => expect(stage.text).toContain('Active, version'));
  });
});
