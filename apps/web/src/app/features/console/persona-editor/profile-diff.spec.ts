import { buildPersona } from '../../../../testing/builders';
import { differences, listDifference } from './profile-diff';

describe('differences of two versions', () => {
  it('are none between the same', () => {
    expect(differences(buildPersona(), buildPersona({ version: 2 }))).toEqual([]);
  });

  it('tell texts by their words, lists by their lines, and values by themselves', () => {
    const before = buildPersona({ description: 'She wrote notes.', coreTraits: ['exact', 'witty'], hue: 10 });
    const after = buildPersona({ description: 'She wrote long notes.', coreTraits: ['patient', 'exact'], hue: 20, role: undefined as never });
    const { role: _, ...withoutRole } = after;
    expect(differences(before, withoutRole as never)).toEqual([
      { field: 'description', kind: 'text', runs: [{ kind: 'same', text: 'She wrote' }, { kind: 'added', text: ' long' }, { kind: 'same', text: ' notes.' }] },
      { field: 'role', kind: 'value', before: 'mathematician', after: null },
      { field: 'hue', kind: 'value', before: '10', after: '20' },
      { field: 'coreTraits', kind: 'list', items: [{ kind: 'added', text: 'patient' }, { kind: 'same', text: 'exact' }, { kind: 'removed', text: 'witty' }] },
    ]);
  });

  it('show examples and voices as lines that can be read', () => {
    const before = buildPersona({ exampleResponses: [{ prompt: 'Why?', response: 'So.' }] });
    const after = buildPersona({ exampleResponses: [], voice: { address: 'friend', openings: ['Well.'], transitions: [], closings: [], unknown: [], questions: [] } });
    expect(differences(before, after)).toEqual([
      { field: 'exampleResponses', kind: 'list', items: [{ kind: 'removed', text: 'Why? — So.' }] },
      { field: 'voice', kind: 'list', items: [{ kind: 'added', text: 'address: friend' }, { kind: 'added', text: 'openings: Well.' }] },
    ]);
  });

  it('show a line that moved as gone and come', () => {
    expect(listDifference(['a', 'b', 'c'], ['b', 'c', 'a']).map(({ kind, text }) => `${kind} ${text}`)).toEqual(['removed a', 'same b', 'same c', 'added a']);
  });
});
