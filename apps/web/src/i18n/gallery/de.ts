import type { Translation } from '../scopes';
import type english from './en';

export default {
  opening: 'Wird geöffnet',
  ask: 'Fragen',
  knowsAbout: 'Kennt sich aus mit',
  putYourQuestionToSomeoneWhoWould: 'Stellen Sie Ihre Frage jemandem, der es wissen müsste',
  dramatisIsACompanyOfAiPersonas: 'Dramatis ist ein Ensemble von KI-Personas. Jede hat ihre eigene Art und eine Bibliothek, aus der sie antwortet, und kennzeichnet die Stellen, auf die sie sich stützt.',
  dramatisPersonae: 'Dramatis personae',
  nameSubjectOrTrait: 'Name, Thema oder Wesenszug',
  searchThePersonasByNameSubjectOr: 'Personas nach Name, Thema oder Wesenszug suchen',
  clearTheSearch: 'Suche leeren',
  whoKnowAbout: 'kundig in',
  anything: 'allen Themen',
  callingTheOthers: 'Die anderen werden gerufen',
  showMorePersonas: 'Weitere Personas zeigen',
  noOneOfThatDescriptionEnters: 'Niemand dieser Art tritt auf.',
  tryAPlainerWordOrAWider: 'Versuchen Sie es mit einem einfacheren Wort oder einem weiteren Thema.',
  showEveryone: 'Alle zeigen',
  theStageIsEmpty: 'Die Bühne ist leer.',
  thisInstallationHasNoPersonasYet: 'In dieser Installation gibt es noch keine Personas. Wer sie betreibt, kann welche anlegen; sie erscheinen hier, sobald sie aktiv sind.',
  theCastCannotBeShown: 'Das Ensemble kann nicht gezeigt werden.',
  count: '{total, plural, =0 {Keine Persona} one {# Persona} other {# Personas}}',
  countOn: '{count} zu {domain}',
  countFor: '{count} für „{search}“',
} satisfies Translation<typeof english>;
