import type { Translation } from '../scopes';
import type english from './en';

export default {
  whatEachMayUseInForceWithin: 'Was jeder verbrauchen darf. Gilt binnen Sekunden, auch in offenen Gesprächen.',
  theQuotasCannotBeShown: 'Die Kontingente können nicht gezeigt werden.',
  quotasOfEachRole: 'Kontingente je Rolle',
  noLimit: 'ohne',
  anEmptyFieldIsWithoutLimitTokens: 'Ein leeres Feld ist ohne Grenze. Token sind die von Sprachmodellen; die des eingebauten Modells zählen nicht. Ein Tag beginnt um Mitternacht UTC.',
  aLimitIsAWholeNumberFrom: 'Eine Grenze ist eine ganze Zahl von 1 bis 1.000.000.000 oder nichts.',
  backToTheDefaults: 'Zurück zu den Vorgaben',
  theDefaultsAreInForce: 'Die Vorgaben gelten.',
  guests: 'Gäste',
  repliesAMinute: 'Antworten je Minute',
  repliesAtOnce: 'Antworten gleichzeitig',
  tokensADay: 'Token je Tag',
  askBackToTheDefaults: 'Zurück zu den Vorgaben?',
  allRolesGetTheQuotasThatThe: 'Alle Rollen erhalten die Kontingente, mit denen die Installation gestartet wurde.',
  takeTheDefaults: 'Vorgaben übernehmen',
  theQuotasWereNotChanged: 'Die Kontingente wurden nicht geändert.',
  byDefault: 'Vorgabe: {limit}',
  limitOf: '{role}: {limit}',
  theQuotasAreInForce: 'Die Kontingente gelten.',
} satisfies Translation<typeof english>;
