import type { CustomId } from '@dramatis/contracts/custom-id';
import { DomainError } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';

/** The id of a new definition: of the slug that was chosen, or of its label. @throws DomainError invalid_request when neither gives one */
export function customIdOf(slug: string | undefined, label: string): CustomId {
  const made =
    slug ??
    label
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 64)
      .replace(/^-+|-+$/g, '');
  // What is tried out has ids of its own, and `new` is where the console makes one.
  if (made !== '' && made !== 'new' && !made.startsWith('trial-')) return `custom.${made}`;
  throw new DomainError('invalid_request.no_slug', {}, { issues: [{ path: 'slug', ...fieldSentence('needed') }] });
}
