import { providerChoices } from './provider-choices';

const service = { providers: [{ id: 'anthropic', model: 'large' }, { id: 'openai', model: 'small' }] };

describe('providerChoices', () => {
  it('offers the installation’s language models', () => {
    expect(providerChoices({}, service)).toEqual([{ id: 'anthropic', name: 'large' }, { id: 'openai', name: 'small' }]);
  });

  it('offers those of the persona’s own route, by what is known of them', () => {
    expect(providerChoices({ modelRoute: ['gemini', 'openai'] }, service)).toEqual([{ id: 'gemini', name: 'gemini' }, { id: 'openai', name: 'small' }]);
  });

  it('offers none where there is no choice', () => {
    expect(providerChoices({ modelRoute: ['openai'] }, service)).toEqual([]);
    expect(providerChoices(null, null)).toEqual([]);
  });
});
