import { buildPersona } from '../../../../testing/builders';
import { fieldsOf, isProfileFields, newFields, profileOf, sameFields } from './profile-fields';

describe('fields of a profile', () => {
  it('say again what they were made from', () => {
    const { personaId: _, status: __, version: ___, corpus: ____, creationDate: _____, lastModifiedDate: ______, ...profile } = buildPersona({
      voice: { address: 'friend', openings: ['Well.'], transitions: [], closings: [], unknown: [], questions: ['And {topic}?'] },
      modelRoute: ['anthropic'],
    });
    expect(profileOf(fieldsOf(profile))).toEqual({ ok: true, profile });
  });

  it('leave out what nothing was written in, so that it is taken away', () => {
    const result = profileOf({ ...fieldsOf(buildPersona()), tagline: ' ', role: '', imageUrl: '', exampleResponses: [{ prompt: ' ', response: '' }], coreTraits: ' exact \n\n witty ' });
    if (!result.ok) throw new Error('refused');
    expect(Object.keys(result.profile)).not.toEqual(expect.arrayContaining(['tagline', 'role', 'imageUrl', 'voice', 'modelRoute']));
    expect(result.profile).toMatchObject({ exampleResponses: [], coreTraits: ['exact', 'witty'] });
  });

  it('are refused by the contract, field by field', () => {
    const fields = { ...newFields(), name: ' ', exampleResponses: [{ prompt: 'Why?', response: '' }], defaultInteractionModes: [] };
    const result = profileOf(fields);
    expect(result.ok ? [] : result.issues.map(({ path }) => path).sort()).toEqual(['defaultInteractionModes', 'description', 'exampleResponses/0/response', 'name']);
  });

  it('are the same whatever white space says', () => {
    const fields = fieldsOf(buildPersona());
    expect(sameFields(fields, { ...fields, coreTraits: `${fields.coreTraits}\n\n`, tagline: fields.tagline })).toBe(true);
    expect(sameFields(fields, { ...fields, hue: fields.hue + 1 })).toBe(false);
  });

  it('are known again in storage, and nothing else is', () => {
    const fields = fieldsOf(buildPersona());
    expect(isProfileFields(JSON.parse(JSON.stringify(fields)))).toBe(true);
    for (const other of [null, 'x', {}, { ...fields, hue: '5' }, { ...fields, voice: {} }, { ...fields, coreTraits: ['exact'] }]) expect(isProfileFields(other)).toBe(false);
  });
});
