import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { translate } from '../../../../testing/texts';
import { actionWords, kindOfActionWords } from './audit-words';

const api = join(import.meta.dirname, '../../../../../../api/src');

/** The codes that the API's own sources give to what concerns security. */
function codesOfSecurity(): string[] {
  const files = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return files.flatMap((file) => [...readFileSync(join(api, file), 'utf8').matchAll(/(?:\battempt\(|action: )'(\w+\.\w+)'/g)].map(([, code]) => code ?? ''));
}

describe('the words of the audit log', () => {
  it('are there for all that the API records about accounts and sessions', () => {
    const codes = codesOfSecurity();
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => actionWords(translate(), code) === null)).toEqual([]);
  });

  it('leave the code to stand for itself where there are none', () => {
    expect(actionWords(translate(), 'somethings.new')).toBeNull();
    expect(kindOfActionWords(translate(), 'somethings')).toBe('somethings');
  });
});
