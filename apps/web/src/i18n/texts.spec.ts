import { type MessageFormatElement, TYPE, parse } from '@formatjs/icu-messageformat-parser';
import { pagesWithScopes, sourceTexts } from '../testing/source-texts';
import { allTexts } from '../testing/texts';
import { languageCodes } from './languages';
import { type Texts, appTexts } from './scopes';

/** Each text under its whole key, by language. */
const texts = Object.fromEntries(
  languageCodes.map((language) => {
    const scopes: [string, Texts][] = [['app', appTexts[language]], ...allTexts.filter((one) => one[1] === language).map(([scope, , own]): [string, Texts] => [scope, own])];
    return [language, new Map(scopes.flatMap(([scope, own]) => Object.entries(own).map(([key, text]) => [`${scope}.${key}`, text])))];
  }),
) as Record<(typeof languageCodes)[number], Map<string, string>>;

/** What the server says, which names the sentence itself: who raises one is proved where it is raised, by the compiler. */
const catalogues = ['problems', 'fields', 'verdicts', 'reasons'];

/** The names of a message's placeholders, with what each holds. */
function placeholders(message: string): string[] {
  const of = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
      if (element.type === TYPE.plural || element.type === TYPE.select) return [element.value, ...Object.values(element.options).flatMap((option) => of(option.value))];
      return 'value' in element ? [element.value] : [];
    });
  return [...new Set(of(parse(message, { ignoreTag: true })))].sort();
}

/** Whether a key is one of those that a computed one may come to. */
function matches(key: string, computed: string): boolean {
  return new RegExp(`^${computed.replaceAll('.', '\\.').replaceAll('*', '.+')}$`).test(key);
}

describe('the texts of the pages', () => {
  const { uses, bare } = sourceTexts();
  const keys = [...texts.en.keys()];
  const written = uses.filter(({ key }) => texts.en.has(key));
  const computed = uses.filter(({ key }) => key.includes('*')).map((use) => ({ ...use, keys: keys.filter((key) => matches(key, use.key)) }));
  const asked = [...written, ...computed.flatMap((use) => use.keys.map((key) => ({ ...use, key })))];

  it('are the same in both languages, none of them empty, and take the same values', () => {
    expect([...texts.de.keys()]).toEqual(keys);
    expect(languageCodes.flatMap((language) => [...texts[language]].filter(([, text]) => text.trim() === '' || text.includes('???')))).toEqual([]);
    const differing = keys.filter((key) => placeholders(texts.de.get(key) ?? '').join() !== placeholders(texts.en.get(key) ?? '').join());
    expect(differing).toEqual([]);
  });

  it('are given the values that they take', () => {
    const takes = (key: string): string => placeholders(texts.en.get(key) ?? '').join(', ');
    const wrong = written.filter(({ key, values }) => values !== null && values.toSorted().join(', ') !== takes(key));
    expect(wrong.map(({ file, line, key, values }) => `${file}:${line} ${key} takes ${takes(key)}, is given ${values?.join(', ')}`)).toEqual([]);
    // One of several is given what any of them takes.
    const needless = computed.flatMap(({ file, line, key, keys: any, values }) => (values ?? []).filter((name) => !any.some((one) => takes(one).includes(name))).map((name) => `${file}:${line} no ${key} takes ${name}`));
    expect(needless).toEqual([]);
  });

  it('are all used', () => {
    const used = new Set(asked.map(({ key }) => key));
    const ours = keys.filter((key) => !catalogues.some((scope) => key.startsWith(`${scope}.`)));
    expect(ours.filter((key) => !used.has(key))).toEqual([]);
  });

  it('are loaded wherever they are shown', () => {
    const byFile = Map.groupBy(asked.filter(({ title }) => !title), ({ file }) => file);
    const missing = [...pagesWithScopes()].flatMap(({ file, scopes }) =>
      (byFile.get(file) ?? []).map(({ key }) => key.split('.', 1)[0] ?? '').filter((scope) => scope !== 'app' && !scopes.includes(scope)).map((scope) => `${file} needs ${scope}, and has ${scopes.join(', ')}`),
    );
    expect([...new Set(missing)]).toEqual([]);
  });

  it('are the only words: no template and no code has its own', () => {
    expect(bare.map(({ file, line, words }) => `${file}:${line} ${words}`)).toEqual([]);
  });
});
