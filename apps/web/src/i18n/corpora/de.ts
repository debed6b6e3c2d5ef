import type { Translation } from '../scopes';
import type english from './en';

export default {
  whatEachPersonaKnowsAndWhatIs: 'Was jede Persona weiß und was gerade aufgenommen wird.',
  newPersona: 'Neue Persona',
  searchThePersonas: 'Personas durchsuchen',
  nameSubjectOrTrait: 'Name oder Thema',
  thePersonasCannotBeShown: 'Die Personas können nicht gezeigt werden.',
  lastChange: 'Letzte Änderung',
  running: 'Läuft',
  noOneOfThatDescription: 'Niemand dieser Art.',
  noPersonaHasItInNameSubjects: 'Keine Persona hat das in Namen, Themen oder Wesenszügen.',
  anEmptyStage: 'Eine leere Bühne.',
  makeAPersonaThenGiveItSources: 'Legen Sie eine Persona an und geben Sie ihr dann Quellen.',
} satisfies Translation<typeof english>;
