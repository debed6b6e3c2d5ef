import type { Translate } from '../../../../i18n/language';

const known = ['person', 'place', 'organisation', 'date', 'other'] as const;

/** What a kind of name is called; a kind that only a language model knows, by its own word. */
export function entityWord(t: Translate, type: string): string {
  const kind = known.find((candidate) => candidate === type);
  return kind ? t(`console.entity.${kind}`) : type;
}
