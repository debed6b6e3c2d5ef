import { translate } from '../../../../testing/texts';
import { fieldWords } from './field-words';

describe('fieldWords', () => {
  it.each([
    ['settings/urls/0', 'Address 1'],
    ['settings/maxPages', 'The number of pages'],
    ['documents/2/text', 'Text 3'],
    ['schedule/cron', 'The cron line'],
    ['name', 'The name'],
    ['settings/somethingNew', 'The something new'],
    ['constructor', 'The constructor'],
    ['0', 'The field'],
  ])('calls %s what the form calls it: %s', (path, words) => expect(fieldWords(translate(), path)).toBe(words));
});
