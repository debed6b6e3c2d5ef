import { providerChoices } from './provider-choices';

const service = { providers: [{ id: 'anthropic', model: 'large' }, { id: 'openai', model: 'small' }] };

describe('providerChoices', () => {
  it('offers the installation’s language models', () => {
    expect(providerChoices({}, service)).toEqual([{ id: 'anthropic', name: 'large', builtIn: false }, { id: 'openai', name: 'small', builtIn: false }]);
  });

  it('offers those of the persona’s own route, by what is known of them', () => {
    expect(providerChoices({ modelRoute: ['gemini', 'openai'] }, service)).toEqual([{ id: 'gemini', name: 'gemini', builtIn: false }, { id: 'openai', name: 'small', builtIn: false }]);
  });

  it('knows the one that is built in, whose model is called by nobody', () => {
    expect(providerChoices({}, { providers: [...service.providers, { id: 'built-in', model: 'extractive-1' }] }).map(({ builtIn }) => builtIn)).toEqual([false, false, true]);
  });

  it('offers none where there is no choice', () => {
    expect(providerChoices({ modelRoute: ['openai'] }, service)).toEqual([]);
    expect(providerChoices(null, null)).toEqual([]);
  });
});
