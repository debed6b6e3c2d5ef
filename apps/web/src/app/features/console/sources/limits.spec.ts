import * as contract from '@dramatis/contracts/source';
import * as limits from './limits';

describe('limits', () => {
  it.each(['maxDocumentCharacters', 'maxSourcePages', 'maxUploadBytes', 'defaultCrawl'] as const)('%s is what the API goes by', (name) => {
    expect(limits[name]).toEqual(contract[name]);
  });

  it.each(contract.sourceKind.options)('knows whether %s is of the web', (kind) => {
    expect(limits.isWebSource(kind)).toBe(contract.isWebSource(kind));
  });
});
