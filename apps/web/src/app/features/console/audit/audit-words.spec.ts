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

/** The codes of what curators and admins change: controller and method of the routes that write. */
function codesOfAdministration(): string[] {
  const files = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.controller.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(join(api, file), 'utf8');
    if (!/@Controller\('api\/(?:admin|personas)/.test(source) || /^@Unaudited\(/m.test(source)) return [];
    const [, first = '', rest = ''] = /export class (\w)(\w*)Controller/.exec(source) ?? [];
    const writes = source.matchAll(/^ {2}@(?:Post|Patch|Put|Delete)\((?:(?!^ {2}@(?:Get|Post|Patch|Put|Delete)\()[^])*?^ {2}(?:async )?(\w+)\(/gm);
    return [...writes].flatMap(([text, method]) => (text.includes('@Unaudited(') ? [] : [`${first.toLowerCase()}${rest}.${method}`]));
  });
}

describe('the words of the audit log', () => {
  it('are there for all that curators and admins change', () => {
    const codes = codesOfAdministration();
    expect(codes).toEqual(expect.arrayContaining(['personas.create', 'customModes.archive', 'quotas.replace', 'personaExchange.import']));
    expect(codes.filter((code) => actionWords(translate(), code) === null || kindOfActionWords(translate(), code.split('.')[0]!) === code.split('.')[0])).toEqual([]);
  });

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
