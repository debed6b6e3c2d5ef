import { domainOptions } from './domain-options';

describe('domainOptions', () => {
  it('lists each domain once, by name without its article, with how many know about it', () => {
    const options = domainOptions([
      { knowledgeDomains: ['the Analytical Engine', 'Music'] },
      { knowledgeDomains: ['music', 'botany'] },
    ]);
    expect(options).toEqual([
      { domain: 'the Analytical Engine', personas: 1 },
      { domain: 'botany', personas: 1 },
      { domain: 'Music', personas: 2 },
    ]);
  });

  it('counts a persona once that names a domain twice', () => {
    expect(domainOptions([{ knowledgeDomains: ['Law', 'law'] }])).toEqual([{ domain: 'law', personas: 1 }]);
  });
});
